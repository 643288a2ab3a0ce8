using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.AI;
using Relais.Campaigns;
using Relais.Changes;
using Relais.Channels;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Conversations.Labels;
using Relais.Conversations.Notes;
using Relais.Conversations.Teams;
using Relais.Conversations.Views;
using Relais.Desk;
using Relais.Desk.Branding;
using Relais.Desk.Orders;
using Relais.Desk.Contacts;
using Relais.Desk.Contacts.Erasing;
using Relais.Desk.Contacts.Segments;
using Relais.Desk.Privacy;
using Relais.Desk.Search;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Assist;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Ai.Providers;
using Relais.Engine.Ai.Summaries;
using Relais.Engine.Ai.Voice;
using Relais.Engine.Approvals;
using Relais.Engine.Drafts;
using Relais.Engine.Flows;
using Relais.Engine.Handoffs;
using Relais.Engine.OwnTools;
using Relais.Engine.Simulations;
using Relais.Engine.Why;
using Relais.Errors;
using Relais.Foundation;
using Relais.FeatureRequests;
using Relais.FollowUps;
using Relais.Health;
using Relais.Health.Alerts;
using Relais.Health.Calls;
using Relais.Health.Numbers;
using Relais.Imports;
using Relais.Inboxes;
using Relais.Inboxes.Installation;
using Relais.Intake;
using Relais.Knowledge;
using Relais.Knowledge.Search;
using Relais.Mcp;
using Relais.Media;
using Relais.Outbox;
using Relais.Platform;
using Relais.Reports;
using Relais.Simulator;
using Relais.Storage;
using Relais.Subscriptions;
using Relais.Templates;
using Relais.Tenants;
using Relais.Tenants.Entry;
using Relais.Tenants.People;
using Relais.WebConsole;

namespace Relais.Commands;

/// <summary>The whole server: what <c>relais serve</c> runs and what the tests start. One place where the rooms are put together.</summary>
internal static class ServeHost
{
    /// <param name="settings">As read from outside.</param>
    /// <param name="folder">The locked data folder.</param>
    /// <param name="demo">True to serve the demo: own database, simulator inside, this computer only.</param>
    /// <param name="extra">What a test replaces, e.g. the model.</param>
    public static WebApplication Build(Settings settings, DataFolder folder, bool demo, Action<IServiceCollection>? extra = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RawBody.Limit + 1;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        LogOutput.Configure(builder.Logging, settings, demo);
        AddRooms(builder.Services, settings, folder, demo);
        extra?.Invoke(builder.Services);

        var app = builder.Build();
        UseForwardedHeaders(app, settings);
        app.UseSecurityHeaders();
        app.UseOwnApi();
        app.UseProblemEdge(e => e is StorageUnavailableException);
        if (demo)
        {
            app.UseMiddleware<DemoGuard>();
        }

        // Webhooks leave the pipeline here (ShortCircuit): nobody is signed in there, and looking for who is costs as much as storing them.
        app.UseRouting();
        if (settings.RunsWeb)
        {
            app.UseConsole();
            app.UseTenants();
            Map(app, demo);
        }

        app.MapHealth(demo);
        app.MapMetrics();
        return app;
    }

    /// <summary>The rooms alone, for a command that asks them something: no worker runs, nothing listens.</summary>
    public static IServiceCollection Rooms(Settings settings, DataFolder folder, bool demo)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        AddRooms(services, settings, folder, demo);
        return services;
    }

    /// <summary>Every route there is, room by room.</summary>
    private static void Map(WebApplication app, bool demo)
    {
        if (demo)
        {
            app.MapSimulator();
        }

        app.MapMetaWebhooks();
        app.MapTwilioWebhooks();
        app.MapStudio();
        app.MapCourierWebhook();
        app.MapTenants();
        app.MapPlatform();
        app.MapFeatureRequests();
        app.MapEntry();
        app.MapPeople();
        app.MapInvitations();
        app.MapPreferences();
        app.MapInboxes();
        app.MapInboxCatalog();
        app.MapConversations();
        app.MapTeams();
        app.MapPresence();
        app.MapConsents();
        app.MapContactFields();
        app.MapDesk();
        app.MapLife();
        app.MapViewers();
        app.MapBulk();
        app.MapNotes();
        app.MapLabels();
        app.MapSegments();
        app.MapImports();
        app.MapContactExport();
        app.MapErasures();
        app.MapPrivacy();
        app.MapBranding();
        app.MapProductExport();
        app.MapSavedViews();
        app.MapOutreach();
        app.MapTyping();
        app.MapConversationSettings();
        app.MapBlocks();
        app.MapLive();
        app.MapSearch();
        app.MapDeadLetters();
        app.MapOutbound();
        app.MapReceivedWebhooks();
        app.MapErrors();
        app.MapProviderCalls();
        app.MapInboxHealth();
        app.MapInboxSetup();
        app.MapPublicAddress();
        app.MapAlerts();
        app.MapKnowledge();
        app.MapPrompt();
        app.MapAutomaticMessages();
        app.MapSummary();
        app.MapOwnWords();
        app.MapModels();
        app.MapWhy();
        app.MapSuggestions();
        app.MapAssist();
        app.MapOwnTools();
        app.MapFlows();
        app.MapSimulations();
        app.MapFollowUps();
        app.MapOrders();
        app.MapProducts();
        app.MapApprovals();
        app.MapOrderMessages();
        app.MapOrderDesk();
        app.MapOrderLookup();
        app.MapComposer();
        app.MapCampaigns();
        app.MapMedia();
        app.MapTemplates();
        app.MapReports();
        app.MapSubscriptions();
        app.MapMcp();
        app.MapOpenApi().AllowAnonymous();
        app.MapOldDesks();
    }

    private static void AddRooms(IServiceCollection services, Settings settings, DataFolder folder, bool demo)
    {
        var own = new Uri(settings.Urls.Split(';')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/'));
        services.AddRouting(options => options.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        services.AddSingleton(settings);
        services.AddSingleton(folder);
        services.AddSingleton<Clock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<Clock>());
        services.AddSingleton(_ =>
        {
            var address = new PublicAddress(settings);
            if (demo)
            {
                address.UseOwn(own);
            }

            return address;
        });
        services.AddSingleton<PublicAddressBook>();
        services.AddSingleton(_ => Secrets.FromFile(settings.KeyFile));

        // The demo has a file of its own, whatever is configured: its known password must not get into a real database.
        services.AddSingleton(_ => DatabaseAddress.Open(
            demo ? $"sqlite:{Path.Combine(folder.Path, "demo.db")}" : settings.Database ?? $"sqlite:{Path.Combine(folder.Path, "relais.db")}"));
        services.AddSingleton(new NodeName(folder.NodeName(settings.Node)));
        services.AddSingleton<RightOfWay>();
        services.AddSingleton<Signals>();
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<HeldLeases>();
        services.AddSingleton<HeldWork>();
        services.AddSingleton<Ids>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<ChangeLog>();
        services.AddSingleton<ConversationEvents>();
        services.AddSingleton<ErrorLog>();

        services.AddSingleton<InboxStore>();
        services.AddSingleton<InboxConnecting>();
        services.AddSingleton<InboxDirectory>();
        services.AddSingleton<RefusedWebhooks>();
        services.AddSingleton<InboxPauses>();
        services.AddSingleton<InboxNewsStore>();
        services.AddSingleton<EnvironmentInboxes>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton(_ => new TwilioSpool(folder.Path));
        services.AddSingleton<TwilioGate>();
        services.AddSingleton<InboundEffects>();
        services.AddSingleton<ProviderNews>();
        services.AddSingleton<PageTaps>();
        services.AddSingleton<EventApplier>();

        services.AddSingleton<AiAgent>(provider => new AiAgent(TimeProvider.System, provider.GetRequiredService<ILogger<AiAgent>>()));
        services.AddSingleton<PromptDirectory>();
        services.AddSingleton<OwnWordsDirectory>();
        services.AddSingleton<SynonymsOf>(provider => provider.GetRequiredService<OwnWordsDirectory>().Synonyms);
        services.AddSingleton<IChatClient, BuiltInChatClient>();
        services.AddModels();
        services.AddSingleton<OrderQuestions>();
        services.AddSingleton<OrderTaps>();
        services.AddSingleton<TurnHandoffs>();
        services.AddSingleton<TurnAgent>();
        services.AddFlows();
        services.AddSingleton<TurnToolbox>();
        services.AddSingleton<Drafting>();
        services.AddSingleton<DraftCommitter>();
        services.AddAssist();
        services.AddOwnTools();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<TurnCommitter>();
        services.AddSingleton<ReadReceipts>();
        services.AddSimulations();
        services.AddFollowUps();

        services.AddSingleton<SendGate>();
        services.AddSingleton<Addressing>();
        services.AddSingleton<OutboundHold>();
        services.AddSingleton<ErasureLog>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<FailureLog>();
        services.AddSingleton(_ => new ProviderCallLog(settings.ProviderLog));
        services.AddSingleton(provider =>
        {
            var inboxes = provider.GetRequiredService<InboxDirectory>();
            var hold = provider.GetRequiredService<OutboundHold>();
            return new SendPacer(TimeProvider.System, inbox => hold.IsHeld ? new NumberLimits(0, IsPaused: true) : NumberLimits.Of(inboxes.Find(inbox), settings.SendRate));
        });
        services.AddSingleton(provider => new WirePlaces(
            provider.GetRequiredService<SendPacer>(), settings.SendRate == 0 ? null : new PairPace(TimeProvider.System)));
        services.AddSingleton<FailedStatuses>();
        services.AddSingleton<SendPreparation>();
        services.AddMedia(settings.MediaFolder ?? Path.Combine(folder.Path, demo ? "demo-media" : "media"));
        services.AddSingleton<MediaInbox>(provider =>
        {
            var (inboxes, addresses) = (provider.GetRequiredService<InboxDirectory>(), provider.GetRequiredService<SendAddresses>());
            return id => inboxes.Find(id) is { AccessToken: not null } inbox ? addresses.Of(inbox) : null;
        });
        services.AddSingleton<Wire>();
        services.AddSingleton<SendAddresses>();
        services.AddChannels(
            settings.MetaUrl ?? (demo ? new Uri(own, "simulator/graph") : null),
            settings.TwilioUrl ?? (demo ? new Uri(own, "simulator/twilio") : null));
        services.AddSimulator();

        services.AddTenants();
        services.AddPlatform();
        services.AddSingleton<MonthlyMessages>();
        services.AddMcp();
        services.AddTemplates();
        services.AddReports();
        services.AddSubscriptions(WebhookShapes.OfTheApi, demo);
        services.AddImports();
        services.AddPrivacy(settings.RunsWorkers);
        services.AddKnowledge(settings.RunsWorkers);

        // Authentication brings it along; nothing here is protected by it, so nothing of it is kept.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddOpenApi(ApiDescription.Configure);
        services.AddSingleton<DeskActions>();
        services.AddSingleton<DeskDoor>();
        services.AddSingleton<DeskViewers>();
        services.AddSingleton<PhoneWords>();
        services.AddSingleton<SayingCheck>();
        services.AddSingleton<Outreach>();
        services.AddSingleton<BlockDoor>();
        services.AddComposer();
        services.AddOrderDesk();
        services.AddSingleton<OrderLookup>();
        services.AddCampaigns();
        services.AddSingleton<StudioIntake>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<LiveRendering>();
        services.AddSingleton(LivePace.Usual);

        services.AddSingleton<WorkHealth>();
        services.AddSingleton<SelfTest>();
        services.AddSingleton<InboxHealth>();
        services.AddSingleton<InboxSetupPage>();
        services.AddSingleton(_ => new SafeHttp());
        services.AddSingleton(_ => new Mailer(settings.Mail));
        services.AddSingleton<LogPruner>();
        services.AddTelemetry(settings);
        services.AddSingleton<SampleBusiness>();
        services.AddSingleton<SampleFlows>();
        services.AddSingleton<SampleCases>();
        services.AddSingleton<Demo>();
        services.AddSingleton<Preparation>();
        if (settings.RunsWorkers)
        {
            services.AddSingleton<Worker, IntakeWorker>();
            services.AddSingleton<Worker, TurnWorker>();
            services.AddSingleton<Worker, OutboxWorker>();
            services.AddSingleton<Worker, OrderFlowWorker>();
            services.AddSingleton<Worker, MediaWorker>();
            services.AddSingleton<Worker, TranscriptWorker>();
            services.AddSingleton<Worker, SummaryWorker>();
            services.AddSingleton<Worker, DeskWorker>();
            services.AddSingleton<Worker, FileSweeper>();
            services.AddSingleton<Worker, ParkedStatusSweeper>();
            services.AddSingleton<Worker, LeaseKeeper>();
            services.AddSingleton<Worker, NodeListener>();
            services.AddSingleton<Worker, TableStatistics>();
            services.AddSingleton<Worker, ChangeNumberer>();
            services.AddSingleton<Worker, ChangePruner>();
            services.AddSingleton<Worker, SearchWorker>();
            services.AddSingleton<Worker, SearchForgetting>();
            services.AddSingleton<Worker, TemplateSyncWorker>();
            services.AddSingleton<Worker, RollupWorker>();
            services.AddSingleton<Worker>(provider => provider.GetRequiredService<ReadReceipts>());
            services.AddSingleton<Worker, AlertWorker>();
            services.AddSingleton<Worker, SimulationWorker>();
            services.AddSingleton<Worker, Relais.Desk.Later.ScheduledWorker>();
            services.AddSingleton<Worker, OrderWorker>();
            services.AddSingleton<Worker, CampaignWorker>();
            services.AddSingleton<Worker, Relais.FollowUps.Finding.FindingWorker>();
            services.AddSingleton<Worker, Relais.FollowUps.Sending.FollowUpWorker>();
            services.AddSubscriptionWorkers();
            services.AddSingleton<Worker, ImportWorker>();
            services.AddSingleton<Worker>(provider => provider.GetRequiredService<LogPruner>());
        }

        services.AddSingleton<Worker>(provider => provider.GetRequiredService<ChangeReader>());
        services.AddSingleton<Worker, NodeWaker>();
        services.AddSingleton<Worker, ClockKeeper>();
        services.AddSingleton<Worker, InboxRefresher>();
        services.AddSingleton<Worker, MonthlyMessageWorker>();
        services.AddSingleton<Worker, HoldWatcher>();
        services.AddSingleton<Worker, ModelRefresher>();
        services.AddSingleton<Worker, SpoolDrainer>();
        services.AddSingleton<Worker, ProviderCallWorker>();
        services.AddSingleton<Worker, SignatureAlarm>();
        services.AddSingleton<Worker, ResetMailer>();
        services.AddHostedService(provider => new Conductor(
            provider.GetRequiredService<Preparation>(), provider.GetServices<Worker>(), provider.GetRequiredService<WorkHealth>(), demo,
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<ILogger<Conductor>>()));
    }

    private static void UseForwardedHeaders(WebApplication app, Settings settings)
    {
        if (settings.TrustedProxies.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in settings.TrustedProxies)
        {
            if (proxy.Contains('/', StringComparison.Ordinal))
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
            else
            {
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
            }
        }

        app.UseForwardedHeaders(options);
    }
}
