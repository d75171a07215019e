/** The objects of places, each a bucket or bucket/prefix. */
export function objectsOf(places: readonly string[]): readonly string[] {
  return places.map((place) => `arn:aws:s3:::${place.includes('/') ? place : `${place}/`}*`);
}

/** Their buckets, each once. */
export function bucketsOf(places: readonly string[]): readonly string[] {
  return [...new Set(places.map((place) => `arn:aws:s3:::${place.split('/', 1)[0]}`))];
}
