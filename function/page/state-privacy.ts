/** As the page has it, where nothing is stored. */
const sentence = /(?<=<p class="hint privacy">)[^<]*/;

export interface Storing {
  readonly hasUploads: boolean;
  readonly keepsPhotos: boolean;
}

/**
 * The page with what becomes of a photo, as this service is set up.
 * @throws Error where the page has no place for it, since it would promise what isn't so
 */
export function statePrivacy(html: string, { hasUploads, keepsPhotos }: Storing): string {
  const stored = [
    ...(hasUploads ? ['a large one lies in its storage meanwhile'] : []),
    ...(keepsPhotos ? ['some are kept there for a while, to learn from'] : []),
  ];
  if (stored.length === 0) return html;
  if (!sentence.test(html)) throw new Error('The page has no place where it says what becomes of a photo.');
  return html.replace(sentence, `A photo goes to this service and nowhere else; ${stored.join(', and ')}.`);
}
