/** The parts of Preact that the page uses, in one place. */
export { type ComponentChildren, createContext, Fragment, type JSX, render } from 'preact';
export {
  useCallback,
  useContext,
  useEffect,
  useErrorBoundary,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'preact/hooks';
