/** What `npm ci` of the project may put on the disk, in units of 2²⁰ bytes, as `du -m` counts them. */
export const mostInstalledInMegabytes = 750;
