import theme from 'vitepress/theme-without-fonts';

// Without fonts of its own: the reader's system has some.
// biome-ignore lint/style/noDefaultExport: how VitePress takes a theme
export default theme;
