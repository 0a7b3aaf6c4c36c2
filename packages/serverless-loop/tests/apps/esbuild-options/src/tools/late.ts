export const handler = async (): Promise<string> => 'late';
