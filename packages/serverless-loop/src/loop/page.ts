export interface Page {
  status: number;
  contentType: string;
  headers?: Record<string, string>;
  body: string;
}
