export { AuditPage } from './audit-page.tsx';
export { auditWords } from './words.ts';
