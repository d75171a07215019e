import { decodedByTheService } from './is-for-upload.ts';

const longestSide = 2048;
/** Photos of so much go out as they are. */
export const sentAsItIsInBytes = 1_500_000;
const jpegQuality = 0.92;

/**
 * The photo as it is where it is small and of a format that the service decodes; otherwise upright, at most 2048 pixels
 * long, as JPEG. A photo that the browser cannot decode goes out unchanged: the service says what is wrong with it.
 */
export async function shrinkPhoto(photo: Blob): Promise<Blob> {
  if (photo.size <= sentAsItIsInBytes && decodedByTheService.has(photo.type)) return photo;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  } catch {
    return photo;
  }
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return photo;
  // The service puts transparent pixels on white, so the page does too.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? photo), 'image/jpeg', jpegQuality));
}
