/** What jsdom lacks and antd asks for. */
window.matchMedia ??= (() => ({ matches: false, addListener() {}, removeListener() {} })) as never;
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} } as never;
