// access: who acts, what they may, and the trail of what they did.
export { ACCESS_MIGRATIONS, auditHead, auditStatement, type Deed, verifyAudit } from './audit.ts'
export { type Operator, operatorFor, RIGHTS } from './operator.ts'
export { accessRoutes } from './routes.ts'
