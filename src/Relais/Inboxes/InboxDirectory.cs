using System.Security.Cryptography;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes.Installation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Inboxes;

/// <summary>
/// The connections and inboxes of the installation, in memory with their keys opened: a webhook is verified without asking the
/// database, so it can be spooled while the database is away. Read at start, after each change here, and every few seconds
/// for what other nodes changed. Before the first read it is empty and everything is refused.
/// </summary>
internal sealed class InboxDirectory(Database database, Secrets secrets, Settings settings)
{
    /// <summary>Why nothing leaves a suspended tenant's numbers, as its messages say it.</summary>
    public const string Suspended = "The platform administrator has suspended this business: this leaves when it is let in again.";

    private volatile Snapshot current = Snapshot.Empty;

    public bool IsLoaded => current != Snapshot.Empty;

    public IReadOnlyCollection<Inbox> Inboxes => current.Inboxes.Values;

    public IEnumerable<ProviderConnection> Connections(bool twilio) => current.Connections.Where(c => c.IsTwilio == twilio);

    public ProviderConnection? Connection(long id) => current.Connections.FirstOrDefault(c => c.Id == id);

    public Inbox? Find(long inboxId) => current.Inboxes.GetValueOrDefault(inboxId);

    /// <summary>The provider of an inbox; Meta for one that is not known here yet.</summary>
    public ChannelKind ChannelOf(long inboxId) => Find(inboxId)?.Channel ?? ChannelKind.Meta;

    /// <summary>The inbox of an address, if the connection may speak for it. No address: the connection's only inbox.</summary>
    public Inbox? Find(long connectionId, string? address)
    {
        var own = current.Inboxes.Values.Where(i => i.ConnectionId == connectionId);
        if (address is not null)
        {
            return own.FirstOrDefault(i => i.Address == address);
        }

        var few = own.Take(2).ToList();
        return few.Count == 1 ? few[0] : null;
    }

    public async Task Load(CancellationToken cancel)
    {
        var (connections, inboxes) = await database.Read(Scope.Directory, async tx => (
            await tx.Query<ConnectionRow>("""
                SELECT id AS "Id", channel AS "Channel", account AS "Account", secret AS "Secret", verify_token AS "VerifyToken"
                FROM provider_connection ORDER BY id
                """),
            await tx.Query<InboxRow>("""
                SELECT i.tenant_id AS "TenantId", i.id AS "Id", i.connection_id AS "ConnectionId", i.channel AS "Channel",
                  i.address AS "Address", i.display_number AS "DisplayNumber", i.name AS "Name", i.access_token AS "AccessToken",
                  i.callback_token AS "CallbackToken", t.quiet_micros AS "QuietMicros", t.answers_per_minute AS "AnswersPerMinute",
                  i.rate_per_second AS "RatePerSecond", i.paused_at AS "PausedAt", i.pause_code AS "PauseCode",
                  i.pause_reason AS "PauseReason", i.pause_probes AS "PauseProbes", i.quality AS "Quality", i.tier AS "Tier",
                  i.catalog_id AS "CatalogId", coalesce(i.auto_respond, t.auto_respond) AS "AutoRespond", t.suspended_at AS "SuspendedAt",
                  t.message_limit AS "MessageLimit", t.mask_cards AS "MaskCards"
                FROM inbox i JOIN tenant t ON t.tenant_id = i.tenant_id ORDER BY i.id
                """)), cancel);
        var opened = connections.ConvertAll(c => new ProviderConnection(
            c.Id, c.Channel == 2, c.Account, Open(c.Secret, $"connection.secret:{c.Id}"), Open(c.VerifyToken, $"connection.verify:{c.Id}")));
        var accounts = opened.ToDictionary(c => c.Id, c => c.Account);
        current = new Snapshot(opened, inboxes.ToDictionary(i => i.Id, i => new Inbox(
            i.TenantId, i.Id, i.ConnectionId, i.Channel == 2, accounts.GetValueOrDefault(i.ConnectionId, ""), i.Address, i.DisplayNumber,
            i.Name, Open(i.AccessToken, $"inbox.token:{i.Id}"), Open(i.CallbackToken, $"inbox.callback:{i.Id}"),
            i.QuietMicros < 0 ? settings.QuietTime : TimeSpan.FromMicroseconds(i.QuietMicros))
        {
            Rate = InboxRates.Of(i.Channel == 2, i.Address, i.RatePerSecond),
            Pause = i.SuspendedAt is { } at ? new InboxPause(at, null, Suspended, null) : i.PausedAt is { } since ? new InboxPause(since, i.PauseCode, i.PauseReason ?? "", i.PauseProbes > 0 ? TimeSpan.FromSeconds(i.PauseProbes) : null) : null,
            Quality = i.Quality,
            Tier = i.Tier,
            CatalogId = i.CatalogId,
            AnswersPerMinute = (int)(i.AnswersPerMinute < 0 ? settings.AnswersPerMinute : i.AnswersPerMinute),
            MasksCards = i.MaskCards != 0,
            Mode = (AiMode)i.AutoRespond,
            IsSuspended = i.SuspendedAt is not null,
            MessageLimit = i.MessageLimit,
        }));
    }

    private string? Open(string? sealedText, string place)
    {
        try
        {
            return sealedText is null ? null : secrets.Open(sealedText, place);
        }
        catch (CryptographicException e)
        {
            throw new NotSupportedException(
                $"A key in the database ({place}) was sealed with another key file. Set RELAIS_KEY_FILE to the one this database was made with.", e);
        }
    }

    private sealed record Snapshot(List<ProviderConnection> Connections, Dictionary<long, Inbox> Inboxes)
    {
        public static readonly Snapshot Empty = new([], []);
    }

    private sealed class ConnectionRow
    {
        public long Id { get; init; }

        public long Channel { get; init; }

        public string Account { get; init; } = "";

        public string? Secret { get; init; }

        public string? VerifyToken { get; init; }
    }

    private sealed class InboxRow
    {
        public long TenantId { get; init; }

        public long Id { get; init; }

        public long ConnectionId { get; init; }

        public long Channel { get; init; }

        public string Address { get; init; } = "";

        public string DisplayNumber { get; init; } = "";

        public string Name { get; init; } = "";

        public string? AccessToken { get; init; }

        public string? CallbackToken { get; init; }

        public long QuietMicros { get; init; }

        public long AnswersPerMinute { get; init; }

        public long MaskCards { get; init; }

        public long? RatePerSecond { get; init; }

        public long? PausedAt { get; init; }

        public long? PauseCode { get; init; }

        public string? PauseReason { get; init; }

        public long PauseProbes { get; init; }

        public string? Quality { get; init; }

        public string? Tier { get; init; }

        public string? CatalogId { get; init; }

        public long AutoRespond { get; init; }

        public long? SuspendedAt { get; init; }

        public long? MessageLimit { get; init; }
    }
}

/// <summary>Keeps the directory fresh for what other nodes and commands changed, and starts numbers that were resumed.</summary>
internal sealed class InboxRefresher(
    InboxDirectory directory, PublicAddressBook publicAddress, InboxPauses pauses, Database database, Signals signals, ILogger<InboxRefresher> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var paused = directory.Inboxes.Where(i => i.Pause is not null).Select(i => i.Id).ToList();
        await publicAddress.Load(stopping);
        var suspended = directory.Inboxes.Where(i => i.IsSuspended).Select(i => i.TenantId).ToHashSet();
        await directory.Load(stopping);
        var resumed = paused.Select(directory.Find).OfType<Inbox>().Where(i => i.Pause is null).ToList();
        if (resumed.Count > 0)
        {
            await database.Write(Scope.Pipeline, tx => pauses.WakeWaiting(tx, resumed), stopping);
        }

        suspended.ExceptWith(directory.Inboxes.Where(i => i.IsSuspended).Select(i => i.TenantId));
        if (suspended.Count > 0)
        {
            await database.Write(Scope.Pipeline, tx => pauses.WakeSuspended(tx, suspended), stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Inboxes.Wait(TimeSpan.FromSeconds(5), stopping);
}
