/** What a start of the function reads at most before it takes its first event. */
export const mostJavaScriptInBytes = 140_000;
export const mostWebAssemblyInBytes = 35_000;
