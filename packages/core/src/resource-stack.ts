/** A resource of `await using`. */
type Resource = AsyncDisposable | Disposable;

/**
 * Collects resources and disposes of them in reverse order. It has the part of `AsyncDisposableStack` that this package
 * needs: Node 22 does not have that class.
 */
export interface ResourceStack extends AsyncDisposable {
  /** Adds a resource and returns it. */
  use<Added extends Resource>(resource: Added): Added;
  /** Adds a function that is called at the end. */
  defer(onDispose: () => void | Promise<void>): void;
  /** Moves the resources to a new stack, so that disposing of this one does nothing. */
  move(): ResourceStack;
}

type Dispose = () => void | PromiseLike<void>;

/**
 * Creates an empty stack.
 *
 * @example
 * await using opened = createResourceStack();
 * const file = opened.use(await open('a.txt'));
 */
export function createResourceStack(initial: readonly Dispose[] = []): ResourceStack {
  let disposers = [...initial];
  return {
    use(resource) {
      disposers.push(() =>
        Symbol.asyncDispose in resource
          ? resource[Symbol.asyncDispose]()
          : resource[Symbol.dispose](),
      );
      return resource;
    },
    defer: (onDispose) => void disposers.push(onDispose),
    move() {
      const moved = createResourceStack(disposers);
      disposers = [];
      return moved;
    },
    async [Symbol.asyncDispose]() {
      const errors: unknown[] = [];
      for (let dispose = disposers.pop(); dispose !== undefined; dispose = disposers.pop())
        try {
          await dispose();
        } catch (error) {
          errors.push(error);
        }
      if (errors.length > 1) throw new AggregateError(errors, 'Several resources failed to close.');
      if (errors.length > 0) throw errors[0];
    },
  };
}
