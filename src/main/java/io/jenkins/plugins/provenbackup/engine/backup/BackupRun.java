package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.archive.Chunker;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.archive.SpoolPool;
import io.jenkins.plugins.provenbackup.engine.archive.StreamWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogMerge;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.Recollection;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import io.jenkins.plugins.provenbackup.engine.transfer.ChunkIndex;
import io.jenkins.plugins.provenbackup.engine.transfer.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the source and stores what is new: the walk goes ahead on a thread of its own and is merged with the parents; what changed
 * is read and cut into chunks, small files ahead of time on other threads; chunks become blocks and archives on the workers;
 * archives go to the destinations on theirs. The calling thread alone decides, in the order of the catalog.
 */
final class BackupRun {

    private final BackupRequest request;
    private final BackupPlan plan;
    private final BackupTuning tuning;
    private final RunJournal journal;
    private final ProblemLog problems;
    private final ProgressListener progress;
    private final BackupCounts counts = new BackupCounts();
    private final LinkedContents links = new LinkedContents();

    /**
     * What a run stored.
     *
     * @param catalog where the entries are
     * @param archives the archives that hold their content
     * @param moved blocks that it names and whose chunks lie elsewhere
     * @param sparse blocks of which less than half is used
     * @param totals in numbers
     * @param uploaded bytes stored at each destination
     */
    record Written(
            Catalog catalog,
            ArchiveTable archives,
            MovedBlocks moved,
            List<BlockId> sparse,
            Totals totals,
            Map<Replica, Long> uploaded) {}

    BackupRun(
            BackupRequest request,
            BackupPlan plan,
            BackupTuning tuning,
            RunJournal journal,
            ProblemLog problems,
            ProgressListener progress) {
        this.request = request;
        this.plan = plan;
        this.tuning = tuning;
        this.journal = journal;
        this.problems = problems;
        this.progress = progress;
    }

    Written write(List<Replica> destinations, SpoolPool spool, Codec codec) throws IOException, InterruptedException {
        SourceKey key = request.key();
        int epoch = key.newestEpoch();
        if (plan.parent().isEmpty()) {
            CipherWarmUp.begin();
        }
        ExecutorService workers = Executors.newFixedThreadPool(tuning.workers(), new NamedThreads("worker"));
        try (ParentCatalogs parents = new ParentCatalogs(plan, plan.replicas(), key, request.ignored());
                StreamKey streamKey = StreamKey.create(key, epoch);
                Uploads uploads = new Uploads(destinations, tuning.patience(), (replica, archive) -> {
                    journal.confirmed(archive);
                    progress.transferred(archive.size());
                });
                StreamWriter writer = new StreamWriter(
                        streamKey,
                        tuning.blocks(),
                        codec,
                        workers,
                        archive -> {
                            journal.written(archive);
                            uploads.accept(archive);
                        },
                        spool);
                FileReaders readers = FileReaders.of(key, tuning.readers(), chunker(key));
                ContentStore store =
                        new ContentStore(writer, new ChunkIndex(tuning.indexBudget()), parents::forEachUsableChunk)) {
            if (!destinations.isEmpty()) {
                journal.start(uploads);
            }
            CatalogUpload catalogs = new CatalogUpload(uploads, progress);
            BlockUsage usage = new BlockUsage(plan.available().moved());
            CatalogWriter catalogWriter = new CatalogWriter(
                    parents.sealing(),
                    parents.knownSegments(),
                    catalogs,
                    CatalogWriter.Options.standard().with((id, segment) -> journal.content(segment)));
            EntryOutput output = new EntryOutput(catalogWriter, usage, journal, streamKey.id(), writer::closeBlock);
            progress.phase(ProgressListener.Phase.READING);
            try (LookAhead ahead = LookAhead.over(request.source(), progress)) {
                plan.parent().map(Manifest::totals).ifPresentOrElse(this::expectAsMuchAs, ahead::start);
                readAll(parents, readers, store, output, writer);
            }
            progress.phase(ProgressListener.Phase.UPLOADING);
            writer.finish();
            Catalog catalog = output.finish();
            uploads.finish();
            List<ArchiveTable.Row> rows = new ArrayList<>(plan.available().rows());
            rows.addAll(journal.archives());
            return new Written(
                    catalog,
                    usage.used(rows),
                    usage.moved(),
                    usage.sparse(),
                    counts.totals(problems, store.bytesAdded(), stored(catalogs)),
                    uploaded(uploads, catalogs));
        } finally {
            workers.shutdownNow();
        }
    }

    /** What the parent holds is the best guess of what lies ahead. */
    private void expectAsMuchAs(Totals before) {
        progress.expect(before.files() + before.directories() + before.symlinks(), before.bytes());
    }

    private Chunker chunker(SourceKey key) throws IOException {
        byte[] gearKey = key.gearKey(key.newestEpoch());
        try {
            return new Chunker(request.destinations().get(0).config().chunker(), gearKey);
        } finally {
            Arrays.fill(gearKey, (byte) 0);
        }
    }

    private void readAll(
            ParentCatalogs parents, FileReaders readers, ContentStore store, EntryOutput output, StreamWriter writer)
            throws IOException, InterruptedException {
        Intake intake = new Intake(parents.parents());
        try (SourceWalk walk = walk(parents)) {
            CatalogMerge<SourceItem> merge = new CatalogMerge<>(walk::next, Intake::pathOf, parents.streams());
            ReadAhead ahead = new ReadAhead(readers, links, entry -> finish(entry, readers, store, output));
            for (Optional<CatalogMerge.Match<SourceItem>> next = merge.next(); next.isPresent(); next = merge.next()) {
                SourceItem item = next.get().found();
                try {
                    ahead.add(item, intake.decide(next.get()));
                } catch (UnreadableItemException e) {
                    problems.report(e.problem());
                }
                checkpointIfDue(writer);
            }
            ahead.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private SourceWalk walk(ParentCatalogs parents) throws IOException, InterruptedException {
        Source source = request.source();
        if (source.knowledge() == Source.Knowledge.OF_EARLIER_WALK) {
            Optional<Recollection> before = parents.recollection();
            // Here, since the parents' catalogs are for one thread.
            return before.isPresent() ? source.walk(before.get(), problems) : source.walk(problems);
        }
        SourceWalk walk = source.walk(problems);
        return source.passes() == Source.Passes.ANY_NUMBER ? WalkAhead.of(walk) : walk;
    }

    private void checkpointIfDue(StreamWriter writer) throws IOException, InterruptedException {
        if (journal.isDue()) {
            if (journal.wantsArchive()) {
                writer.finishArchive();
            }
            journal.checkpoint();
        }
    }

    /** Does what was decided for an entry, in the order of the walk. */
    private void finish(ReadAhead.Pending pending, FileReaders readers, ContentStore store, EntryOutput output)
            throws IOException, InterruptedException {
        SourceItem item = pending.item();
        try {
            if (pending.decision() instanceof Intake.Decision.Unchanged unchanged) {
                output.unchanged(unchanged.stored(), unchanged.contents());
                counts.unchanged(item.node().type());
                done(unchanged.stored().entry().node());
            } else if (pending.decision() instanceof Intake.Decision.Taken taken) {
                output.taken(taken.entry(), taken.contents());
                counts.unchanged(item.node().type());
                done(taken.entry().node());
            } else if (item.node().type() == EntryType.FILE) {
                read(pending, readers, store, output);
            } else {
                Node node = item.complete();
                output.made(node, List.of());
                done(node);
            }
        } catch (UnreadableItemException e) {
            problems.report(e.problem());
        }
    }

    private void read(ReadAhead.Pending pending, FileReaders readers, ContentStore store, EntryOutput output)
            throws IOException, InterruptedException {
        if (links.knows(pending.item())) {
            readBefore(pending, output);
            return;
        }
        List<EntryOutput.Part> parts = new ArrayList<>(1);
        FileReading.Outcome outcome;
        if (pending.reading().isPresent()) {
            ReadFile file = pending.reading().get().await();
            for (ReadFile.Piece piece : file.pieces()) {
                if (piece instanceof ReadFile.Piece.Content content) {
                    byte[] bytes = content.content();
                    parts.add(new EntryOutput.Part.Chunk(store.store(content.id(), bytes, 0, bytes.length)));
                } else {
                    parts.add(new EntryOutput.Part.Zeros(((ReadFile.Piece.Zeros) piece).length()));
                }
            }
            outcome = new FileReading.Outcome(file.node(), file.state(), file.bytesRead());
            progress.bytes(file.length());
        } else {
            outcome = readHere(pending.item(), readers, store, parts);
        }
        if (outcome.state() == ReadFile.State.CHANGED) {
            problems.report(new Problem(
                    outcome.node().path(),
                    Problem.Kind.CHANGED_WHILE_READ,
                    FileReading.changedMessage(outcome.node().path())));
        }
        Intake.Novelty novelty = ((Intake.Decision.Read) pending.decision()).novelty();
        counts.read(novelty, outcome.bytesRead());
        if (outcome.state() == ReadFile.State.STEADY) {
            links.add(outcome.node(), parts);
        }
        output.made(outcome.node(), parts);
        counts.entry(outcome.node());
        progress.entries(1);
    }

    /** Another link of a file that this run has stored: its content is known. */
    private void readBefore(ReadAhead.Pending pending, EntryOutput output) throws IOException, InterruptedException {
        Node node = pending.item().complete();
        counts.read(((Intake.Decision.Read) pending.decision()).novelty(), 0);
        output.made(node, links.parts(node));
        done(node);
    }

    /** A large file is read on this thread, so that no more than a chunk of it is in memory. */
    private FileReading.Outcome readHere(
            SourceItem item, FileReaders readers, ContentStore store, List<EntryOutput.Part> parts)
            throws IOException, InterruptedException {
        FileReading.ContentTaker taker = new FileReading.ContentTaker() {
            @Override
            public void begin() {
                parts.clear();
            }

            @Override
            public void zeros(long length) {
                parts.add(new EntryOutput.Part.Zeros(length));
                progress.bytes(length);
            }

            @Override
            public void chunk(ChunkId id, byte[] buffer, int offset, int length)
                    throws IOException, InterruptedException {
                try {
                    parts.add(new EntryOutput.Part.Chunk(store.store(id, buffer, offset, length)));
                } catch (IOException e) {
                    throw new StoringFailed(e);
                }
                progress.bytes(length);
            }
        };
        try {
            return readers.own().read(item, taker);
        } catch (StoringFailed e) {
            throw e.failure;
        }
    }

    /** Tells a destination's failure from the file's. */
    private static final class StoringFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient IOException failure;

        StoringFailed(IOException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private void done(Node node) {
        counts.entry(node);
        progress.entries(1);
        progress.bytes(node.size());
    }

    private long stored(CatalogUpload catalogs) {
        return journal.archives().stream()
                        .mapToLong(row -> row.archive().size())
                        .sum()
                + catalogs.bytes();
    }

    private Map<Replica, Long> uploaded(Uploads uploads, CatalogUpload catalogs) {
        Map<Replica, Long> bytes = new HashMap<>();
        uploads.confirmed()
                .forEach((replica, hashes) -> bytes.put(
                        replica,
                        catalogs.bytes()
                                + journal.archives().stream()
                                        .filter(row ->
                                                hashes.contains(row.archive().hash()))
                                        .mapToLong(row -> row.archive().size())
                                        .sum()));
        return bytes;
    }
}
