export function userCacheFolder(environment: Record<string, string | undefined>): string;
export function privateFolder(folder: string): string;
