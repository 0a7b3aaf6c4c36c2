import { useState } from '../../preact.ts';

/** The choice whether Lambda's own lines, start, end and report, are shown between those of the functions. */
export function usePlatformLines() {
  const [hidesPlatform, setHides] = useState(true);
  const choice = (
    <label class="choice">
      <input
        type="checkbox"
        checked={!hidesPlatform}
        onChange={({ currentTarget }) => setHides(!currentTarget.checked)}
      />
      Lambda’s own lines
    </label>
  );
  return { hidesPlatform, choice };
}
