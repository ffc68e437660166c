import { expect, it } from 'vitest';

import { createResourceStack } from './resource-stack.ts';

function resource(name: string, closed: string[]): AsyncDisposable {
  return { [Symbol.asyncDispose]: async () => void closed.push(name) };
}

it('disposes of its resources in reverse order, once', async () => {
  const closed: string[] = [];
  const stack = createResourceStack();
  stack.use(resource('a', closed));
  stack.defer(() => void closed.push('b'));
  stack.use({ [Symbol.dispose]: () => void closed.push('c') });
  await stack[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
  expect(closed).toEqual(['c', 'b', 'a']);
});

it('keeps nothing of what was moved', async () => {
  const closed: string[] = [];
  const stack = createResourceStack();
  stack.use(resource('a', closed));
  const moved = stack.move();
  await stack[Symbol.asyncDispose]();
  expect(closed).toEqual([]);
  await moved[Symbol.asyncDispose]();
  expect(closed).toEqual(['a']);
});

it('disposes of the others when one fails, and throws its error', async () => {
  const closed: string[] = [];
  const stack = createResourceStack();
  stack.use(resource('a', closed));
  stack.defer(() => Promise.reject(new Error('broken')));
  await expect(stack[Symbol.asyncDispose]()).rejects.toThrow('broken');
  expect(closed).toEqual(['a']);
});

it('throws all errors together when several fail', async () => {
  const stack = createResourceStack();
  for (const name of ['one', 'two']) stack.defer(() => Promise.reject(new Error(name)));
  await expect(stack[Symbol.asyncDispose]()).rejects.toMatchObject({
    errors: [new Error('two'), new Error('one')],
  });
});
