declare module '*.css';

/** The address of a file that the bundle holds beside. */
declare module '*?url' {
  const url: string;
  export default url;
}
