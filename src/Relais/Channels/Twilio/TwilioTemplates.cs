using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Channels.Twilio;

/// <summary>
/// WhatsApp templates through Twilio's Content API (content.twilio.com/v1): a content resource, and WhatsApp's approval of it.
/// Promises: a resource whose approval was refused does not stay behind; pages are followed on our own address.
/// </summary>
internal sealed class TwilioTemplates(HttpClient http, TwilioOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannelTemplates, IDisposable
{
    private const int PageSize = 500;

    /// <summary>Content made for single messages is in the list too, so it may be long.</summary>
    private const int MostPages = 100;
    private const int NotFound = 20404;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public ChannelKind Kind => ChannelKind.Twilio;

    public TemplateDefinition Adapt(TemplateDefinition template) => TwilioTemplateWriter.Renumber(template);

    public async Task<TemplateOutcome<IReadOnlyList<ListedTemplate>>> List(InboxAddress inbox, CancellationToken cancel)
    {
        var found = new List<ListedTemplate>();
        var query = $"?PageSize={PageSize}";
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await Ask(inbox, HttpMethod.Get, $"/v1/ContentAndApprovals{query}", null, cancel);
            using var document = TwilioTemplateAnswer.Document(answer, out var refused, out var failed);
            if (document is null)
            {
                return refused is not null
                    ? new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Refused(refused.Code, refused.Reason)
                    : new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Failed(failed!.Reason);
            }

            foreach (var item in document.RootElement.Get("contents"u8).Items())
            {
                if (TwilioTemplateReader.Read(item) is { } template)
                {
                    found.Add(template);
                }
            }

            if (Query(document.RootElement.Get("meta"u8).Text("next_page_url"u8)) is not { } next)
            {
                return new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Done(found);
            }

            query = next;
        }

        return new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Failed("Twilio's list of contents has no end.");
    }

    public async Task<TemplateOutcome<CreatedTemplate>> Create(InboxAddress inbox, TemplateDefinition template, CancellationToken cancel)
    {
        var made = await Ask(inbox, HttpMethod.Post, "/v1/Content", TwilioTemplateWriter.Write(template), cancel);
        using var resource = TwilioTemplateAnswer.Document(made, out var refused, out var failed);
        if (resource?.RootElement.Text("sid"u8) is not { } sid)
        {
            return refused is not null
                ? new TemplateOutcome<CreatedTemplate>.Refused(refused.Code, refused.Reason)
                : new TemplateOutcome<CreatedTemplate>.Failed(failed?.Reason ?? "Twilio's answer names no content.", failed?.MayHaveHappened ?? true);
        }

        var wish = new JsonObject
        {
            ["name"] = template.Name, ["category"] = template.Category.ToUpperInvariant(), ["allow_category_change"] = template.AllowCategoryChange,
        };
        var submitted = await Ask(inbox, HttpMethod.Post, $"/v1/Content/{Uri.EscapeDataString(sid)}/ApprovalRequests/whatsapp", wish, cancel);
        using var approval = TwilioTemplateAnswer.Document(submitted, out refused, out failed);
        if (approval is not null)
        {
            return new TemplateOutcome<CreatedTemplate>.Done(new CreatedTemplate(
                sid, ProviderText.Word(approval.RootElement.Text("status"u8), "received"),
                ProviderText.Word(approval.RootElement.Text("category"u8), template.Category)));
        }

        if (failed is { MayHaveHappened: true })
        {
            return new TemplateOutcome<CreatedTemplate>.Failed(failed.Reason, MayHaveHappened: true);
        }

        await Delete(inbox, template.Name, sid, cancel);
        return refused is not null
            ? new TemplateOutcome<CreatedTemplate>.Refused(refused.Code, refused.Reason)
            : new TemplateOutcome<CreatedTemplate>.Failed(failed!.Reason);
    }

    public async Task<TemplateOutcome<bool>> Delete(InboxAddress inbox, string name, string providerId, CancellationToken cancel)
    {
        var answer = await Ask(inbox, HttpMethod.Delete, $"/v1/Content/{Uri.EscapeDataString(providerId)}", null, cancel);
        if (answer is ProviderAnswer.Answered { Status: 204 })
        {
            return new TemplateOutcome<bool>.Done(true);
        }

        using var document = TwilioTemplateAnswer.Document(answer, out var refused, out var failed);
        return document is not null || refused?.Code == NotFound ? new TemplateOutcome<bool>.Done(true)
            : refused is not null ? new TemplateOutcome<bool>.Refused(refused.Code, refused.Reason)
            : new TemplateOutcome<bool>.Failed(failed!.Reason, failed.MayHaveHappened);
    }

    public void Dispose() => http.Dispose();

    /// <summary>What follows the '?' of the next page's address; the address itself is not believed.</summary>
    private static string? Query(string? next) => next?.IndexOf('?', StringComparison.Ordinal) is { } at and >= 0 ? next[at..] : null;

    private Task<ProviderAnswer> Ask(InboxAddress inbox, HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{inbox.Account.Trim()}:{inbox.AccessToken.Trim()}"));
        ReadOnlyMemory<byte> bytes = body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body);
        return ProviderHttp.Send(http, method, options.Content(path), $"Basic {basic}", bytes, body is null ? null : Json, time, cancel,
            calls?.Begin(inbox.InboxId, ProviderCall.TemplateOperation(method)));
    }
}
