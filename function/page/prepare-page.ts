import type { UploadSettings } from '../upload/offer-upload.ts';
import { uploadFolderUrl } from '../upload/upload-folder-url.ts';
import { offerExamples } from './offer-examples.ts';
import { statePrivacy } from './state-privacy.ts';

export interface PageSurroundings {
  /** Where the photos lie that the page offers; it may be missing. */
  readonly examplesDirectory: string;
  /** Where large photos go; undefined takes none. */
  readonly upload: UploadSettings | undefined;
  /** Whether some are kept for labelling. */
  readonly keepsPhotos: boolean;
}

export interface PreparedPage {
  readonly html: string;
  /** Where it sends large photos, besides its own service. */
  readonly folder: URL | undefined;
}

/** The page as this service shows it: with its own photos to try, and what it does with those of others. */
export function preparePage(html: string, { examplesDirectory, upload, keepsPhotos }: PageSurroundings): PreparedPage {
  const offered = offerExamples(html, examplesDirectory);
  return {
    html: statePrivacy(offered, { hasUploads: upload !== undefined, keepsPhotos }),
    folder: upload && uploadFolderUrl(upload),
  };
}
