/** What the user gave cannot be used; the message is the sentence that they read. Exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
