import { marker } from './photo/jpeg/markers.ts';

// 240 × 16 pixels of soft noise, one row of minimum coded units (4:2:0, quality 75), with a restart interval of that row.
const stripInBase64 = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5',
  'PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAAR',
  'CAAQAPADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEG',
  'E1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWG',
  'h4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEB',
  'AQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk',
  'NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0',
  'tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/90ABAAP/9oADAMBAAIRAxEAPwDf0zTY4siAbc+tXJhdWKEAjY3U',
  '4p915DuvkyNG3+yKhvY77YqsdyHuTXBU57vmlbte5MXOMFCKt37mZ9nheQmMGRieSvapJbQwLvS5jQ+hqVbP7MpMTkFutNihVkfzvmPYmupq',
  'pdWl9/U8yvNSfK29PL/MzpL2d22yOGA7imvax3GGRwSPSnJYZkcK5YH17VXuLSPT3DfaZAT/AA9q1oqck+XV/NL7jxat+a1LR9fP5stJCCvz',
  'qfl6VNbedKGEcihR61WjuHu0wBtx6d6ZI1zb8qoC98HrWk6DlK0Fqu5zUYe9eWj/AA+4klV3Y7JkcjqBVc2kt02SPJK9370R3MN2Sx/0dk6+',
  'X3prTxajMiC6kTYccd60nBwm4Nanu4RqScoO1um/4GvaW91LGQXEgXptFQu8sTlJYyw9R2q28N3bQKLU4Ujk5qnIk20lZDI3fdXO4KfLqnfp',
  'r+R20a3LK+mvfb7ixDYQSDeZ03elUNSWGJgJpVz/AA06xtbidZHAAC8nBqukdvqMj5YyNH13DpWlox9xSbS3W9vuO+NV8ntWtF17FaWYxAC4',
  'OVP3SKj8u0kjYyfPxxg9KW7YzfuoUEhHHzdqzDFPaN/pQ8tW7Kc1NSLkkoOz6L/IyqOfJztlrT5YoHdIr+GINxtbrSX/AJFm4Z/mL/xDpVaW',
  'XTIyuIFZj/ERyKbMkEroTKzj+6elZxpU4S9pZr5GUYpzcp6yfo/xLSxtNtInRl9BV+MGABbf5Seuakto7VoQUjCEDsOtLm4nkHkwJtXqc1yt',
  'Rl713btb9T0KMo05q/Tov+AWYredF3SyKM9sdaqXLKGx9nfb3NaYkMsJVVDOo79qx5LoxOyXblQeABzRh1OOrjfs1e//AATokpyg03p10GTP',
  'bon+izKh/iz2qnDqIgVxFdRzE9VTrTbxLeP/AFYyH65FSWCWNkjSNbIGPOQK9KjRVKlyuO/9ep5mIo+8nF6drfmV7WWW5d2SylXHUnvW1paC',
  '5YjcIiOobvWZHqkl7MVtj5aqeQvetu1szdJvT5HXuO9bP2kVZx+Z40+X2bdRXfb/ACNmN3s4yF+TI6nvUunmOQSGSB5c91qhZSO+6K7+bHCm',
  'r9naywFjHKwVu1c1NRUWpaPo11+7UIyUlyy3Xf8AQtafDblpDChh9d5q5bfZWZg0ygj1NZ4t2jbPmMc9RVgva24Hnxhc9wK2arJaJ/13ucfO',
  'oTdSm25ddfzP/9k=',
].join('');

const sideInPixels = 240;
const stripHeightInPixels = 16;

/**
 * A JPEG of 240 × 240 pixels with detail in every block: the stored strip over and over. Each restart begins the
 * prediction of the DC coefficients anew (ITU-T T.81, F.1.1.5.1), so that the strip's scan may follow itself.
 */
export function buildWarmUpPhoto(): Uint8Array {
  const strip = Buffer.from(stripInBase64, 'base64');
  const frame = strip.indexOf(Buffer.of(0xff, marker.sof0));
  const scan = strip.indexOf(Buffer.of(0xff, marker.sos));
  const scanData = scan + 2 + strip.readUInt16BE(scan + 2);
  const header = Buffer.from(strip.subarray(0, scanData));
  // After the marker: length in two bytes, precision in one, then the height.
  header.writeUInt16BE(sideInPixels, frame + 5);
  const data = strip.subarray(scanData, strip.length - 2);
  const parts: Uint8Array[] = [header, data];
  for (let row = 1; row < sideInPixels / stripHeightInPixels; row++) {
    parts.push(Buffer.of(0xff, marker.rst0 + ((row - 1) % 8)), data);
  }
  return Buffer.concat([...parts, Buffer.of(0xff, marker.eoi)]);
}
