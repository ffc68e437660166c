/**
 * Returns the value of an environment variable without line breaks at its end: `echo` and editors add one to a file,
 * from which Kubernetes and pipelines set variables.
 */
export function withoutLineBreak(value: string): string {
  return value.replace(/[\r\n]+$/u, '');
}
