using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Relais.Commerce;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.People;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>The rooms of this API on a real socket and a real database, one for each test class.</summary>
public abstract class TenantHost : IAsyncLifetime
{
    public const string Password = "trois mots ensemble";

    /// <summary>Hashing as in earnest would take most of the tests' time.</summary>
    public const int Rounds = 2000;

    private int people;

    internal WebApplication App { get; private set; } = null!;

    internal Database Database { get; private set; } = null!;

    internal Clock Clock { get; } = new();

    internal PublicAddress Address => App.Services.GetRequiredService<PublicAddress>();

    internal Provisioning Provisioning => App.Services.GetRequiredService<Provisioning>();

    /// <summary>Everything that was written to the log.</summary>
    internal ConcurrentQueue<string> Log { get; } = new();

    public Uri Url => new(App.Urls.First());

    /// <summary>False where this database is not at hand: the tests show as skipped.</summary>
    public virtual bool IsAvailable => true;

    internal abstract Task<Database> Make();

    public virtual async ValueTask InitializeAsync()
    {
        if (!IsAvailable)
        {
            return;
        }

        Database = await Make();
        await Database.Open(CancellationToken.None);
        await new Migrator(Database, Clock).Run(CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders().AddProvider(new Recorder(Log));
        builder.Services.AddSingleton(Database).AddSingleton(Clock).AddSingleton<Ids>().AddSingleton<PublicAddress>();
        builder.Services.AddSingleton(Settings.From(new Dictionary<string, string> { ["RELAIS_RATE_LIMIT"] = "0" }));
        builder.Services.AddTenants();
        builder.Services.AddSingleton<IFaqGate, OpenGate>();
        builder.Services.AddSingleton(_ => new Passwords(Rounds));
        // Through a delegate: a direct call makes a source generator want interceptors in this project.
        Func<IServiceCollection, IServiceCollection> addOpenApi = OpenApiServiceCollectionExtensions.AddOpenApi;
        addOpenApi(builder.Services);
        App = builder.Build();
        App.UseSecurityHeaders();
        App.UseProblemEdge(e => e is StorageUnavailableException);
        App.Use((http, next) =>
        {
            // Tests come from wherever they say.
            if (http.Request.Headers["X-Test-From"] is [{ } from])
            {
                http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(from);
            }

            return next(http);
        });
        App.UseTenants();
        App.MapTenants();
        App.MapPeople();
        App.MapFaqs();
        App.MapOrders();
        App.MapOpenApi();
        App.MapGet("/api/broken", () => { throw new InvalidOperationException("secret detail"); }).AllowAnonymous();
        App.MapGet("/api/away", () => { throw new StorageUnavailableException("down", new TimeoutException()); }).AllowAnonymous();
        App.MapGet("/api/forgotten", () => "shown to anybody");
        App.MapGet("/page", () => Results.Text("<p>", "text/html"));
        App.MapPost("/dashboard/chat/{id:long}/send", () => "sent").RequireAuthorization(Policies.Agent);
        await App.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (IsAvailable)
        {
            await App.DisposeAsync();
            await Database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody new, in a tenant of that name; their e-mail address.</summary>
    internal async Task<string> Person(string role = "owner", string? tenant = null)
    {
        var email = $"p{Interlocked.Increment(ref people)}@example.com";
        (await Provisioning.AddAgent(email, Password, null, role, tenant ?? (role == "platform" ? null : "T " + email)))
            .ShouldBeAdded();
        return email;
    }

    /// <summary>A bearer token of somebody new.</summary>
    internal async Task<string> Token(string role = "owner", string? tenant = null) => await SignIn(await Person(role, tenant));

    internal async Task<string> SignIn(string email, string password = Password)
    {
        var answer = await Login(email, password);
        return (string)answer.ShouldSay(200).Json["token"]!;
    }

    internal Task<Answer> Login(string email, string password, string from = "127.0.0.1") =>
        Send("POST", "/api/auth/login", new JsonObject { ["email"] = email, ["password"] = password }.ToJsonString(), headers: ("X-Test-From", from));

    internal async Task<Answer> Send(
        string method, string path, string? json = null, string? bearer = null, string? contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = Url };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>An answer as it came.</summary>
internal sealed record Answer(int Status, string Text, Dictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["code"];

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>No simulations here: every change of a FAQ may be made.</summary>
internal sealed class OpenGate : IFaqGate
{
    public Task<GateAnswer> Look(HttpContext http, SignedIn who, FaqChange change) => Task.FromResult(GateAnswer.Open);
}

public sealed class OnSqlite : TenantHost
{
    private readonly string folder = Directory.CreateTempSubdirectory("relais-tenants-").FullName;

    internal override Task<Database> Make() => Task.FromResult<Database>(new SqliteDatabase(Path.Combine(folder, "relais.db")));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

public sealed class OnPostgres : TenantHost
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("RELAIS_TEST_POSTGRES");
    private readonly string name = "relais_" + Guid.NewGuid().ToString("N");

    public override bool IsAvailable => !string.IsNullOrEmpty(Server);

    internal override async Task<Database> Make()
    {
        await OnServer($"CREATE DATABASE {name}");
        return new PostgresDatabase(new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (IsAvailable)
        {
            await OnServer($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private static async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
