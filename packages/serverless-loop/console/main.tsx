import './style/page.css';
import { App } from './app/app.tsx';
import { takeToken } from './app/token.ts';
import { render } from './preact.ts';

takeToken();
const place = document.getElementById('page');
if (place) render(<App />, place);
