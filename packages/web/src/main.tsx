import '@mantine/core/styles.css';
import './face/face.css';
import './platform/zod-without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp } from './app.tsx';
import { wearTheme } from './platform/theme-sheet.ts';

wearTheme(document);
const App = createApp();
const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id root.');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
