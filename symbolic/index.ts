export { compile, type CompileOptions } from './network/compile.ts';
export { UnsupportedNetwork, countRelus, isPiecewiseLinear, type Network } from './network/network.ts';
export { findAdversarial, type Classified, type Norm, type RobustnessAnswer, type RobustnessOptions, type RobustnessQuestion } from './robustness.ts';
export type { Progress } from './search/search.ts';
export { attackModel } from './attack-model.ts';
export { verifyModel, formatAssignment, type VerifyAnswer, type VerifyOptions } from './verify.ts';
export { checkCertificate, certify } from './certificate/files.ts';
export { CertificateError } from './certificate/certificate.ts';
export { parseVnnlib, PropertyError, type VnnlibQuery } from './property/vnnlib.ts';
