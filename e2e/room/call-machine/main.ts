/**
 * Stand-in for the call machine bundle that daily-js downloads: speaks the machine's side of the message protocol
 * (read in daily-js 0.40.0 and 0.92.2) and plays the call against the local room server. It touches no camera or
 * microphone. Bundled to one classic script; daily-js runs it once for each call object.
 */
import { installMachines } from "./loader";

installMachines();
