/** Builds the page of the package at `root` into its folder dist/console. Rejects with esbuild's error. */
export function buildPage(root: string): Promise<void>;
/** True as long as no source of the page has changed since it was built; a packed package has no sources that could. */
export function isPageBuilt(root: string): boolean;
/** The folder of the page's build. */
export function pageFolder(root: string): string;
