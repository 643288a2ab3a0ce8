using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Relais.Foundation;
using Relais.Simulator.Files;
using Relais.Simulator.Templates;

namespace Relais.Simulator;

/// <summary>
/// The provider's state: connected numbers, customers' phones, what was accepted, what goes wrong. Sends come in through
/// <see cref="GraphApi"/> and <see cref="TwilioApi"/>, webhooks go out through <see cref="WebhookPost"/>. Everything kept is
/// bounded, because a soak test runs for hours beside what it measures.
/// </summary>
internal sealed partial class SimulatorHub : IDisposable, IAsyncDisposable
{
    private readonly TimeProvider clock;
    private readonly ILogger<SimulatorHub> log;
    private readonly WebhookPost wire;
    private readonly AcceptedLog accepted = new();
    private readonly ConcurrentDictionary<string, SimulatedPhone> phones = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SimulatedPhone> byUserId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, NumberProfile> profiles = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private volatile SimulatedNumber[] numbers = [];

    // The dictionary's own count takes every one of its locks: more than all else a first send to somebody costs here.
    private int phoneCount;

    /// <param name="clock">Decides the service window and every time on the wire.</param>
    /// <param name="log">Says which webhooks were not taken.</param>
    /// <param name="wireToRelais">Another way to Relais than sockets, for a test host in memory.</param>
    public SimulatorHub(TimeProvider clock, ILogger<SimulatorHub> log, HttpMessageHandler? wireToRelais = null)
    {
        this.clock = clock;
        this.log = log;
        wire = new WebhookPost(wireToRelais);
        Files = new FileShelf(clock);
        Reviewers = new TemplateReview(this);
    }

    public IReadOnlyList<SimulatedNumber> Numbers => numbers;

    public IReadOnlyCollection<SimulatedPhone> Phones => [.. phones.Values];

    public FaultPlan Faults { get; } = new();

    public StatusPolicy Statuses { get; set; } = StatusPolicy.Usual;

    /// <summary>Whether webhooks that were not taken are repeated (Meta only). Off, so that a test controls each call.</summary>
    public RedeliveryPolicy Redelivery { get; set; } = RedeliveryPolicy.Off;

    /// <summary>Whether a free text to a customer who was silent for 24 hours is refused, as the providers do.</summary>
    public bool EnforceWindow { get; set; } = true;

    /// <summary>Whether any token or password may send: for load against a server whose keys are its own business.</summary>
    public bool AcceptsAnyToken { get; set; }

    /// <summary>Told of each send in the moment it is taken, on the thread that takes it: it must not wait.</summary>
    public Action<Receipt>? OnAccepted { get; set; }

    /// <summary>Every accepted send that is still kept, in order. Use <see cref="AcceptedAfter"/> to read along.</summary>
    public IReadOnlyList<AcceptedSend> Accepted => accepted.After(0, int.MaxValue);

    public long AcceptedTotal => accepted.Total;

    /// <summary>How many accepted sends are kept.</summary>
    public int AcceptedCap
    {
        get => accepted.Cap;
        set => accepted.Cap = value;
    }

    /// <summary>How many bubbles one chat keeps.</summary>
    public int BubblesPerChat { get; set; } = 200;

    /// <summary>How many phones are kept; the longest silent tenth goes when it is passed.</summary>
    public int PhoneCap { get; set; } = 50_000;

    /// <summary>How long a new template is pending.</summary>
    public TimeSpan TemplateReviewTakes { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Catalogues that any number's token can read, by their ids.</summary>
    public IDictionary<string, SimulatedCatalog> Catalogs { get; } = new ConcurrentDictionary<string, SimulatedCatalog>(StringComparer.Ordinal)
    {
        [SimulatedCatalog.Usual.Id] = SimulatedCatalog.Usual,
    };

    internal FileShelf Files { get; }

    internal TemplateShelf Templates { get; } = new();

    internal TemplateReview Reviewers { get; }

    internal ContentShelf Contents { get; } = new();

    internal LiveFeed Feed { get; } = new();

    // 50,000 waiting statuses are some 50 MB: more than that means that Relais has been gone for long.
    internal Errands Errands { get; } = new(cap: 50_000);

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal TimeProvider Time => clock;

    /// <summary>Connects a number, or replaces the one of the same channel and address.</summary>
    public void Connect(SimulatedNumber number)
    {
        lock (gate)
        {
            var at = Array.FindIndex(numbers, n => n.Channel == number.Channel && n.Address == number.Address);
            SimulatedNumber[] next = [.. numbers];
            numbers = at < 0 ? [.. next, number] : Replace(next, at, number);
        }

        Feed.Changed();
    }

    public SimulatedNumber? Number(SimulatedChannel channel, string address) =>
        Array.Find(numbers, n => n.Channel == channel && n.Address == address);

    /// <summary>The number with this address, or failing that with this display number.</summary>
    public SimulatedNumber? Number(string address) =>
        Array.Find(numbers, n => n.Address == address) ?? Array.Find(numbers, n => n.DisplayNumber == address);

    /// <summary>What Meta tells of this number besides messages.</summary>
    public NumberProfile Profile(SimulatedNumber number) => profiles.GetOrAdd(number.Address, _ => new NumberProfile());

    /// <summary>Puts an approved template at Meta, without a review and without a webhook.</summary>
    /// <param name="number">A number of the account.</param>
    /// <param name="name">Of the template.</param>
    /// <param name="language">E.g. fr or en_US.</param>
    /// <param name="components">In Meta's shape, types in capitals.</param>
    /// <param name="category">UTILITY, MARKETING or AUTHENTICATION.</param>
    /// <param name="named">Whether its variables have names.</param>
    /// <returns>The template's id.</returns>
    public string ApproveTemplate(
        SimulatedNumber number, string name, string language, JsonArray components, string category = "UTILITY", bool named = false)
    {
        var template = new MetaTemplate(ProviderIds.Digits(), number.Account, name, language)
        {
            Components = components, Category = category, IsNamed = named, Status = "APPROVED", Quality = "GREEN",
        };
        Templates.Put(template);
        Feed.Changed();
        return template.Id;
    }

    /// <summary>The phone with this number, made when new.</summary>
    public SimulatedPhone Phone(string e164, string? name = null)
    {
        if (!E164.TryRead(e164, out var number))
        {
            throw new ArgumentException("A phone number is 6 to 15 digits, e.g. +212600000001.", nameof(e164));
        }

        if (!phones.TryGetValue(number, out var phone))
        {
            var made = new SimulatedPhone(this, number, name ?? number);
            phone = phones.GetOrAdd(number, made);
            phone.Touch(Now);
            byUserId[phone.UserId] = phone;
            if (phone == made && Interlocked.Increment(ref phoneCount) > PhoneCap)
            {
                ForgetSilentPhones();
            }

            Feed.Changed();
        }
        else if (name is not null && phone.Name != name)
        {
            phone.Name = name;
            Feed.Changed();
        }

        return phone;
    }

    /// <summary>An existing phone by number or business-scoped user id.</summary>
    public SimulatedPhone? FindPhone(string numberOrUserId) =>
        byUserId.TryGetValue(numberOrUserId, out var byId) ? byId
        : E164.TryRead(numberOrUserId, out var number) && phones.TryGetValue(number, out var phone) ? phone
        : null;

    public IReadOnlyList<AcceptedSend> AcceptedAfter(long sequence, int limit = int.MaxValue) => accepted.After(sequence, limit);

    /// <summary>
    /// The next send to this customer that was not handed out before, waiting for it when there is none yet.
    /// </summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<AcceptedSend> NextSend(string to, TimeSpan timeout, CancellationToken cancel = default) =>
        await Phone(to).Inbox.Next(timeout, TimeProvider.System, cancel)
        ?? throw new TimeoutException($"No message was sent to {to} within {timeout.TotalSeconds:0.#} s.");

    /// <summary>Waits until no status or redelivery is under way.</summary>
    public Task Quiet(CancellationToken cancel = default) => Errands.Quiet(cancel);

    /// <summary>Moves the clock forward; false when it is a clock of the machine.</summary>
    public bool Advance(TimeSpan by)
    {
        if (clock is not Clock movable)
        {
            return false;
        }

        movable.Advance(by);
        Feed.Changed();
        return true;
    }

    public void Dispose()
    {
        Errands.Dispose();
        wire.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Errands.DisposeAsync();
        wire.Dispose();
    }

    private void ForgetSilentPhones()
    {
        foreach (var phone in phones.Values.OrderBy(p => p.LastActive).Take((PhoneCap / 10) + 1))
        {
            if (phones.TryRemove(phone.Number, out _))
            {
                Interlocked.Decrement(ref phoneCount);
            }

            byUserId.TryRemove(phone.UserId, out _);
        }
    }

    private static SimulatedNumber[] Replace(SimulatedNumber[] all, int at, SimulatedNumber number)
    {
        all[at] = number;
        return all;
    }
}
