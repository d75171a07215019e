/** What `npm ci` of the project may put on the disk, in units of 10⁶ bytes. */
export const mostInstalledInMegabytes = 750;
