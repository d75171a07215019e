/** `index`: the page to try photos on. `frame`: what the pages of the API and of the model are put in. */
export const pageNames = ['index', 'frame'] as const;
export type PageName = (typeof pageNames)[number];
