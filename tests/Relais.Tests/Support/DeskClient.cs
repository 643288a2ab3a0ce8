using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Simulator;
using Relais.Tenants;
using Shouldly;

namespace Relais.Tests.Support;

/// <summary>An answer of the API: its status and its JSON (undefined when there is none).</summary>
internal sealed record ApiAnswer(int Status, JsonElement Body, HttpResponseMessage Response)
{
    /// <summary>The stable code of a problem document.</summary>
    public string Code => Text("code");

    public string Text(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value.ToString() : "";

    public ApiAnswer Ok()
    {
        Status.ShouldBeInRange(200, 299, Body.ToString());
        return this;
    }

    /// <summary>Refused as invalid, naming this field with one sentence.</summary>
    public void Wrong(string field)
    {
        Refused(400, "invalid");
        Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldContain(field, Body.ToString());
    }

    public void Refused(int status, string code)
    {
        Status.ShouldBe(status, Body.ToString());
        Code.ShouldBe(code);
        Text("trace_id").ShouldNotBeEmpty("whoever asks for help can name the request");
    }
}

/// <summary>A person at the desk: signed in, speaking the API with a bearer token.</summary>
internal sealed class DeskClient : IDisposable
{
    public const string Password = "correct-horse-battery-9";

    /// <summary>Names as a test writes them: Twilio's begin with capitals.</summary>
    private static readonly JsonSerializerOptions AsWritten = new();

    private DeskClient(Uri url, bool keepsCookies = true) => Http = new HttpClient(new ExactAnswers(url, keepsCookies)) { BaseAddress = url };

    public HttpClient Http { get; }

    public string Token { get; private set; } = "";

    public long AgentId { get; private set; }

    public long TenantId { get; private set; }

    /// <summary>Nobody: no token.</summary>
    public static DeskClient Anonymous(RelaisHost relais) => new(relais.Url);

    /// <summary>Nobody, who stays nobody after signing in: a program that keeps no cookie.</summary>
    public static DeskClient WithoutCookies(RelaisHost relais) => new(relais.Url, keepsCookies: false);

    /// <summary>Adds a person to the first tenant and signs them in; <c>platform</c> belongs to no tenant.</summary>
    public static async Task<DeskClient> SignIn(RelaisHost relais, string name = "Camille", string role = Roles.Owner)
    {
        var email = $"{name.ToLowerInvariant()}@desk.example";
        var added = await relais.Services.GetRequiredService<Provisioning>().AddAgent(email, Password, name, role, null);
        added.ShouldBeOfType<AddedAgent.Added>();
        return await SignIn(relais.Url, email);
    }

    public static async Task<DeskClient> SignIn(Uri url, string email)
    {
        var desk = new DeskClient(url);
        var answer = (await desk.Post("/api/auth/login", new { email, password = Password })).Ok();
        desk.Token = answer.Text("token");
        desk.AgentId = answer.Body.GetProperty("user").GetProperty("id").GetInt64();
        desk.TenantId = answer.Body.GetProperty("tenant") is { ValueKind: JsonValueKind.Object } tenant ? tenant.GetProperty("id").GetInt64() : 0;
        desk.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", desk.Token);
        return desk;
    }

    /// <summary>A program with an API key.</summary>
    public static DeskClient WithKey(RelaisHost relais, string key)
    {
        var desk = new DeskClient(relais.Url) { Token = key };
        desk.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return desk;
    }

    /// <summary>The owner of another tenant, made as a platform administrator makes one.</summary>
    public static async Task<DeskClient> OfAnotherTenant(RelaisHost relais)
    {
        using var platform = await SignIn(relais, "Plateforme", Roles.Platform);
        (await platform.Post("/api/admin/tenants", new { name = "Other", email = "owner@other.example", password = Password })).Ok();
        return await SignIn(relais.Url, "owner@other.example");
    }

    public async Task<ApiAnswer> Send(HttpMethod method, string path, HttpContent? content = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType is { } type && type.EndsWith("json", StringComparison.Ordinal);
        return new ApiAnswer((int)response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : default, response);
    }

    public Task<ApiAnswer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<ApiAnswer> Post(string path, object? body = null, string? key = null) =>
        Send(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body, options: AsWritten), key);

    public Task<ApiAnswer> Patch(string path, object? body = null, string? key = null) =>
        Send(HttpMethod.Patch, path, body is null ? null : JsonContent.Create(body, options: AsWritten), key);

    public Task<ApiAnswer> Put(string path, object? body = null, string? key = null) =>
        Send(HttpMethod.Put, path, body is null ? null : JsonContent.Create(body, options: AsWritten), key);

    public Task<ApiAnswer> PostForm(string path, params (string Name, string Value)[] fields) =>
        Send(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<ApiAnswer> Act(long conversation, string verb, object? body = null, string? key = null) =>
        Post($"/api/conversations/{conversation}/{verb}", body, key);

    public async Task<JsonElement> Conversation(long id) => (await Get($"/api/conversations/{id}")).Ok().Body;

    /// <summary>The open conversation with this customer, once there is one.</summary>
    public async Task<long> ConversationWith(SimulatedPhone phone)
    {
        long found = 0;
        await Eventually.Holds(async () =>
        {
            foreach (var row in (await Get("/api/conversations?limit=200")).Ok().Body.GetProperty("items").EnumerateArray())
            {
                if (row.GetProperty("phone_number").GetString() == phone.Number && row.GetProperty("status").GetString() != "completed")
                {
                    found = row.GetProperty("id").GetInt64();
                }
            }

            return found != 0;
        }, $"a conversation with {phone.Number} is open");
        return found;
    }

    public async Task<List<JsonElement>> Messages(long conversation) =>
        [.. (await Get($"/api/conversations/{conversation}/messages")).Ok().Body.GetProperty("items").EnumerateArray()];

    /// <summary>Waits until a message of the conversation is as wanted, and returns it.</summary>
    public async Task<JsonElement> MessageThat(long conversation, Func<JsonElement, bool> isWanted, string what)
    {
        JsonElement? found = null;
        await Eventually.Holds(async () =>
        {
            found = (await Messages(conversation)).Where(isWanted).Select(m => (JsonElement?)m).FirstOrDefault();
            return found is not null;
        }, what);
        return found!.Value;
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>What a phone shows, said shortly.</summary>
internal static class PhoneScreen
{
    /// <summary>Long enough for a turn (quiet time 50 ms) to have answered if it were going to.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);

    public static IReadOnlyList<string> Received(this SimulatedPhone phone, SimulatedNumber number) =>
        [.. phone.Messages(number).Where(m => !m.FromCustomer).Select(m => m.Text)];

    public static Task Receives(this SimulatedPhone phone, SimulatedNumber number, int count) => Eventually.Holds(
        () => Task.FromResult(phone.Received(number).Count >= count), $"{phone.Number} has {count} messages, not {phone.Received(number).Count}");

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).ToString();
}
