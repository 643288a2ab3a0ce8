using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>
/// Twilio does not repeat a webhook that was not taken, so what the database cannot store within 4 s goes into an fsynced file
/// and is answered 200. While the file holds anything, newer webhooks go behind it, so nothing overtakes.
/// </summary>
internal sealed class TwilioSpool : IDisposable
{
    /// <summary>Twilio waits 15 s in all; the fsync and the way back need their part.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>
    /// One commit for so many. One by one the spool would empty more slowly than it fills once a commit takes long, and all that
    /// time every webhook of this node would wait in it.
    /// </summary>
    private const int DrainedTogether = 250;

    private readonly string path;
    private readonly string drainingPath;
    private readonly SemaphoreSlim gate = new(1);
    private FileStream file;

    public TwilioSpool(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        path = Path.Combine(dataFolder, "twilio.spool");
        drainingPath = path + ".draining";
        file = Open();
    }

    /// <summary>True until everything spooled is in the database.</summary>
    public bool HasAny => file.Length > 0 || File.Exists(drainingPath);

    public Signal Filled { get; } = new();

    /// <summary>Returns once the webhook is on the disk.</summary>
    /// <exception cref="StorageUnavailableException">The disk is full or fails: answer 503.</exception>
    public async Task Append(NewWebhook webhook)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new Spooled(
            webhook.ConnectionId, webhook.LaneKey, (int)webhook.Kind, webhook.ContentType, webhook.Query,
            Convert.ToBase64String(webhook.Body), webhook.ReceivedAt));
        await gate.WaitAsync();
        try
        {
            // The first line end cuts off what a power cut or a full disk left half written, so that it spoils only itself.
            file.Write([(byte)'\n', .. line, (byte)'\n']);
        }
        catch (IOException e)
        {
            throw new StorageUnavailableException($"The spool cannot be written: {e.Message}", e);
        }
        finally
        {
            gate.Release();
        }

        CrashPoint.Pass(CrashPoint.SpoolWritten);
        Telemetry.Spooled.Add(1);
        Filled.Raise();
    }

    /// <summary>
    /// Hands what is spooled to <paramref name="store"/>, in order. The file is set aside first, so that appends never wait for
    /// the database. A crash in between stores a webhook twice, which has one effect.
    /// </summary>
    public async Task<int> Drain(Func<List<NewWebhook>, Task> store)
    {
        await SetAside();
        var webhooks = File.ReadAllLines(drainingPath).Select(Parse).OfType<NewWebhook>().ToList();
        foreach (var together in webhooks.Chunk(DrainedTogether))
        {
            await store([.. together]);
        }

        File.Delete(drainingPath);
        return webhooks.Count;
    }

    public void Dispose()
    {
        file.Dispose();
        gate.Dispose();
        Filled.Dispose();
    }

    private FileStream Open()
    {
        // Each write is on the disk when it returns. Flush(flushToDisk: true) would not do: .NET takes EROFS from fsync for
        // success, and that is what a filesystem says whose disk has failed.
        var opened = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.WriteThrough);
        opened.Seek(0, SeekOrigin.End);
        return opened;
    }

    private async Task SetAside()
    {
        await gate.WaitAsync();
        try
        {
            if (!File.Exists(drainingPath))
            {
                await file.DisposeAsync();
                File.Move(path, drainingPath);
                file = Open();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Null for a last line that a power cut left half written: it was never answered 200.</summary>
    private static NewWebhook? Parse(string line)
    {
        try
        {
            var s = JsonSerializer.Deserialize<Spooled>(line)!;
            return new NewWebhook(s.ConnectionId, s.LaneKey, (WebhookKind)s.Kind, s.ContentType, s.Query, Convert.FromBase64String(s.Body), s.ReceivedAt);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Spooled(long ConnectionId, long LaneKey, int Kind, string ContentType, string Query, string Body, long ReceivedAt);
}

/// <summary>Empties the spool into the database as soon as it is back.</summary>
internal sealed class SpoolDrainer(TwilioSpool spool, WebhookStore store, ILogger<SpoolDrainer> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (spool.HasAny)
        {
            var count = await spool.Drain(store.StoreTogether);
            CrashPoint.Pass(CrashPoint.SpoolDrained);
            Log.LogWarning("{Count} Twilio webhooks that came while the database was away are stored now", count);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => spool.Filled.Wait(TimeSpan.FromSeconds(2), stopping);
}
