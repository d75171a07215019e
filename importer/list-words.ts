/** The words of a text, so that a long list of names stays a short paragraph. */
export function listWords(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
