package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A small file that others may be writing. Jenkins replaces its files as a whole, but editors, scripts and some plugins write them
 * in place, where one reading can give the beginning of one version and the end of another. Safe to hand to another thread.
 */
final class SteadyItem implements SourceItem {

    private static final int MOST_READINGS = 50;
    private static final long PAUSE_MILLIS = 20;

    private final SourceItem item;

    SteadyItem(SourceItem item) {
        this.item = item;
    }

    @Override
    public Node node() {
        return item.node();
    }

    @Override
    public OptionalLong size() {
        return item.size();
    }

    @Override
    public Node complete() throws UnreadableItemException {
        return item.complete();
    }

    /** Read twice; when the two differ, the content says that the file changed. */
    @Override
    public SourceContent open() throws UnreadableItemException, SourceException {
        byte[] first;
        try (SourceContent content = item.open()) {
            first = bytes(content);
        } catch (UnreadableItemException | SourceException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            // The second reading answers to it.
            first = new byte[0];
        } catch (IOException e) {
            throw unreadable(e);
        }
        return new TwiceRead(item.open(), first);
    }

    /** The file once two readings, a pause apart, agree; as it is when none do within about a second. */
    @Override
    public Optional<SourceItem> again() throws UnreadableItemException {
        Optional<SourceItem> now = item.again();
        for (int reading = 0; reading < MOST_READINGS && now.isPresent(); reading++) {
            Optional<byte[]> before = reading(now.get());
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                // Whoever reads next answers to it.
                Thread.currentThread().interrupt();
                break;
            }
            Optional<SourceItem> next = now.get().again();
            boolean isSteady = next.isPresent()
                    && before.isPresent()
                    && next.get().node().equals(now.get().node())
                    && reading(next.get())
                            .filter(after -> Arrays.equals(after, before.get()))
                            .isPresent();
            now = next;
            if (isSteady) {
                break;
            }
        }
        return now.map(SteadyItem::new);
    }

    /** The content; empty when the thread was interrupted. */
    private Optional<byte[]> reading(SourceItem now) throws UnreadableItemException {
        try (SourceContent content = now.open()) {
            return Optional.of(bytes(content));
        } catch (UnreadableItemException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UnreadableItemException unreadable(IOException cause) {
        String message = "cannot read '" + item.node().path() + "': " + cause.getMessage();
        return new UnreadableItemException(
                new Problem(item.node().path(), Problem.Kind.UNREADABLE_ENTRY, message), cause);
    }

    private static byte[] bytes(SourceContent content) throws IOException {
        InputStream in = Channels.newInputStream(content);
        return in.readAllBytes();
    }

    /** The second reading, compared with the first. */
    private static final class TwiceRead implements SourceContent {

        private final SourceContent content;
        private final byte[] first;
        private final ByteArrayOutputStream second = new ByteArrayOutputStream();

        TwiceRead(SourceContent content, byte[] first) {
            this.content = content;
            this.first = first;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int start = target.position();
            int length = content.read(target);
            if (length > 0) {
                byte[] read = new byte[length];
                target.get(start, read);
                second.write(read, 0, length);
            }
            return length;
        }

        @Override
        public boolean changed() throws IOException {
            return !Arrays.equals(first, second.toByteArray()) || content.changed();
        }

        @Override
        public boolean isOpen() {
            return content.isOpen();
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
