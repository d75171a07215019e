import { drawnPhoto } from '../../cli/drawn-photo.ts';

/** What the CLI sends where it needs a photo does for tests too. */
export const drawnJpeg = drawnPhoto;
