export function packageName(specifier: string | undefined): string | undefined;
