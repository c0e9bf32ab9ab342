package dev.plumbline.app.cli;

/** How far a task has come. Thread-safe. */
interface Progress extends AutoCloseable {
    Progress SILENT = new Progress() {
        @Override
        public void at(long done) {}

        @Override
        public void by(long more) {}

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
    };

    void at(long done);

    void by(long more);

    void note(String text);

    @Override
    void close();
}
