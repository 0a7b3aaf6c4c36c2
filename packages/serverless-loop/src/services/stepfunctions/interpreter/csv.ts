/** Delimiters by their names in a ReaderConfig (Step Functions guide, "ItemReader (Map)", "CSVDelimiter"). */
export const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/** Splits delimited text into records of fields; a field in quotes may hold delimiters and ends of lines (RFC 4180). */
export function csvRecords(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  const endRecord = () => {
    record.push(field);
    if (record.length > 1 || field !== '') records.push(record);
    record = [];
    field = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && field === '') isQuoted = true;
    else if (character === delimiter) {
      record.push(field);
      field = '';
    } else if (character === '\n') endRecord();
    else if (character !== '\r' || text.charAt(at + 1) !== '\n') field += character;
  }
  endRecord();
  return records;
}
