const usual = 'A photo goes to this service and nowhere else; nothing is stored.';

export interface Storing {
  readonly hasUploads: boolean;
  readonly keepsPhotos: boolean;
}

/** The page with what becomes of a photo, as this service is set up. */
export function statePrivacy(html: string, { hasUploads, keepsPhotos }: Storing): string {
  const stored = [
    ...(hasUploads ? ['a large one lies in its storage meanwhile'] : []),
    ...(keepsPhotos ? ['some are kept there for a while, to learn from'] : []),
  ];
  if (stored.length === 0) return html;
  return html.replace(usual, `A photo goes to this service and nowhere else; ${stored.join(', and ')}.`);
}
