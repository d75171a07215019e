/** A photo on one's own disk. The most pixels that are decoded, 100 million in 24 bits, fit in even where nothing is compressed. */
export const maximumPhotoFileSizeInBytes = 320_000_000;

/** weights.bin: what WebAssembly can address. */
export const maximumWeightsFileSizeInBytes = 2 ** 32;

/** A model to be imported; float64 weights and an optimizer's state make it several times what is kept of it. */
export const maximumModelFileSizeInBytes = 2 ** 34;

/** card.json, model.json, parity.json and other JSON of one model; those of the largest known ones have 2 MB. */
export const maximumJsonFileSizeInBytes = 2 ** 25;

/** A list of labels; ImageNet's 21,841 with their descriptions take 1 MB. */
export const maximumLabelsFileSizeInBytes = 2 ** 22;

/** training.json: 200 bytes for each of a million photos. */
export const maximumRecordFileSizeInBytes = 2 ** 28;

/** Results in JSON Lines: 500 bytes for each of half a million photos; what fits into one string is twice that. */
export const maximumResultsFileSizeInBytes = 2 ** 28;
