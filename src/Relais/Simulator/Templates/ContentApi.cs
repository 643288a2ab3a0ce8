using System.Globalization;
using System.Text.Json.Nodes;

namespace Relais.Simulator.Templates;

/// <summary>Twilio's Content API: resources, and their approval by WhatsApp.</summary>
internal sealed class ContentApi(SimulatorHub hub, TwilioDoor door)
{
    private const int BadContent = 20001;
    private const int NotFound = 20404;

    public async Task Create(HttpContext context)
    {
        if (await door.Account(context) is not { } account)
        {
            return;
        }

        if (await Body(context) is not { } body)
        {
            await TwilioDoor.Refuse(context, BadContent, "The body must be a JSON object.");
            return;
        }

        if (ContentRules.Check(body) is { } problem)
        {
            await TwilioDoor.Refuse(context, BadContent, "Invalid Parameter: " + problem);
            return;
        }

        var content = new TwilioContent(ProviderIds.Of("HX"), account, hub.Now)
        {
            FriendlyName = MetaTemplate.Said(body, "friendly_name"),
            Language = MetaTemplate.Said(body, "language"),
            Variables = body["variables"]?.DeepClone() as JsonObject ?? [],
            Types = (JsonObject)body["types"]!.DeepClone(),
        };
        hub.Contents.Put(content);
        await FaultAnswer.Json(context, 201, ProviderJson.Bytes(Resource(context, content)));
    }

    public async Task Get(HttpContext context)
    {
        if (await Asked(context) is { } content)
        {
            await Answer(context, Resource(context, content));
        }
    }

    public async Task Delete(HttpContext context)
    {
        if (await Asked(context) is { } content)
        {
            hub.Contents.Remove(content.Sid);
            hub.Feed.Changed();
            context.Response.StatusCode = 204;
        }
    }

    /// <summary>POST /v1/Content/{sid}/ApprovalRequests/whatsapp {name, category}.</summary>
    public async Task Submit(HttpContext context)
    {
        if (await Asked(context) is not { } content)
        {
            return;
        }

        var body = await Body(context) ?? [];
        var (name, category) = (MetaTemplate.Said(body, "name"), MetaTemplate.Said(body, "category").ToUpperInvariant());
        var problem = !TemplateRules.IsName(name) ? "name must have lower-case letters, digits and underscores only."
            : category is not ("UTILITY" or "MARKETING" or "AUTHENTICATION") ? "category must be UTILITY, MARKETING or AUTHENTICATION."
            : content.Shown.Type is "twilio/list-picker" or "twilio/location" ? $"{content.Shown.Type} is for open sessions and takes no approval."
            : content.Status is not ("unsubmitted" or "rejected") ? "the content was already submitted."
            : null;
        if (problem is not null)
        {
            await TwilioDoor.Refuse(context, BadContent, "Invalid Parameter: " + problem);
            return;
        }

        (content.TemplateName, content.Category, content.Status, content.RejectionReason) = (name, category, "received", "");
        hub.Feed.Changed();
        hub.Errands.Start(async stop =>
        {
            await Task.Delay(hub.TemplateReviewTakes, hub.Time, stop);
            if (content.Status == "received")
            {
                content.Status = "approved";
                hub.Feed.Changed();
            }
        });
        await FaultAnswer.Json(context, 201, ProviderJson.Bytes(Approval(content)));
    }

    public async Task Approvals(HttpContext context)
    {
        if (await Asked(context) is { } content)
        {
            await Answer(context, new JsonObject
            {
                ["sid"] = content.Sid, ["account_sid"] = content.Account, ["url"] = Url(context, content) + "/ApprovalRequests", ["whatsapp"] = Approval(content),
            });
        }
    }

    public Task List(HttpContext context) => Page(context, "Content", c => Resource(context, c));

    public Task ListWithApprovals(HttpContext context) => Page(context, "ContentAndApprovals", c =>
    {
        var resource = Resource(context, c);
        resource["approval_requests"] = Approval(c);
        return resource;
    });

    private async Task Page(HttpContext context, string path, Func<TwilioContent, JsonObject> show)
    {
        if (await door.Account(context) is not { } account)
        {
            return;
        }

        var query = context.Request.Query;
        var size = int.TryParse(query["PageSize"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 500) : 50;
        var page = int.TryParse(query["Page"], CultureInfo.InvariantCulture, out var at) ? Math.Max(at, 0) : 0;
        var all = hub.Contents.All.Where(c => c.Account == account).ToList();
        string Link(int number) => $"{hub.TwilioBase(context)}/v1/{path}?PageSize={size}&Page={number}";
        await Answer(context, new JsonObject
        {
            ["meta"] = new JsonObject
            {
                ["page"] = page,
                ["page_size"] = size,
                ["first_page_url"] = Link(0),
                ["previous_page_url"] = page > 0 ? Link(page - 1) : null,
                ["url"] = Link(page),
                ["next_page_url"] = (page + 1) * size < all.Count ? Link(page + 1) : null,
                ["key"] = "contents",
            },
            ["contents"] = new JsonArray([.. all.Skip(page * size).Take(size).Select(c => (JsonNode)show(c))]),
        });
    }

    private async Task<TwilioContent?> Asked(HttpContext context)
    {
        if (await door.Account(context) is not { } account)
        {
            return null;
        }

        if (hub.Contents.Find(context.Request.RouteValues["content"] as string) is { } content && (content.Account == account || hub.AcceptsAnyToken))
        {
            return content;
        }

        await TwilioDoor.Refuse(context, NotFound, $"The requested resource {context.Request.Path} was not found");
        return null;
    }

    private JsonObject Resource(HttpContext context, TwilioContent content)
    {
        var at = content.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["sid"] = content.Sid,
            ["account_sid"] = content.Account,
            ["friendly_name"] = content.FriendlyName,
            ["language"] = content.Language,
            ["variables"] = content.Variables.DeepClone(),
            ["types"] = content.Types.DeepClone(),
            ["url"] = Url(context, content),
            ["date_created"] = at,
            ["date_updated"] = at,
            ["links"] = new JsonObject
            {
                ["approval_create"] = Url(context, content) + "/ApprovalRequests/whatsapp",
                ["approval_fetch"] = Url(context, content) + "/ApprovalRequests",
            },
        };
    }

    private static JsonObject Approval(TwilioContent content) => new()
    {
        ["type"] = "whatsapp",
        ["name"] = content.TemplateName,
        ["category"] = content.Category,
        ["content_type"] = content.Shown.Type,
        ["status"] = content.Status,
        ["rejection_reason"] = content.RejectionReason,
        ["allow_category_change"] = true,
    };

    private string Url(HttpContext context, TwilioContent content) => hub.TwilioBase(context) + "/v1/Content/" + content.Sid;

    private static async Task<JsonObject?> Body(HttpContext context)
    {
        try
        {
            return await RequestBody.Read(context.Request, context.RequestAborted) is { } raw ? JsonNode.Parse(raw) as JsonObject : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static Task Answer(HttpContext context, JsonObject answer) => FaultAnswer.Json(context, 200, ProviderJson.Bytes(answer));
}
