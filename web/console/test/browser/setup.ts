export { build as setup } from "./Freshet";
