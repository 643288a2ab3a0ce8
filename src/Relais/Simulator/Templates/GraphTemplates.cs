using System.Globalization;
using System.Text.Json.Nodes;

namespace Relais.Simulator.Templates;

/// <summary>Meta's <c>/{version}/{waba}/message_templates</c> and <c>/{version}/{template_id}</c>.</summary>
internal sealed class GraphTemplates(SimulatorHub hub, GraphDoor door)
{
    private const int AlreadyThere = 2388024;
    private const int NameBlocked = 2388023;
    private const int BadCursor = 131059;
    private static readonly string[] Categories = ["AUTHENTICATION", "MARKETING", "UTILITY"];

    public async Task List(HttpContext context)
    {
        if (await door.Account(context) is not { } number)
        {
            return;
        }

        var query = context.Request.Query;
        bool Asked(string key, string value) => query[key].ToString() is not { Length: > 0 } wanted || wanted.Equals(value, StringComparison.OrdinalIgnoreCase);
        var all = hub.Templates.Of(number.Account)
            .Where(t => Asked("status", t.Status) && Asked("language", t.Language) && Asked("category", t.Category) && Asked("name", t.Name)).ToList();
        var start = 0;
        if (query["after"].ToString() is { Length: > 0 } after && (start = all.FindIndex(t => Cursor(t) == after) + 1) == 0)
        {
            await GraphDoor.Refuse(context, BadCursor, "The cursor is not valid any more.");
            return;
        }

        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, 1000) : 25;
        var page = all.Skip(start).Take(limit).ToList();
        var answer = new JsonObject { ["data"] = new JsonArray([.. page.Select(t => (JsonNode)Shown(t, query["fields"].ToString()))]) };
        if (page.Count > 0)
        {
            var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(page[0]), ["after"] = Cursor(page[^1]) } };
            if (start + limit < all.Count)
            {
                var same = string.Join('&', query.Where(q => q.Key != "after").Select(q => q.Key + "=" + Uri.EscapeDataString(q.Value.ToString())));
                paging["next"] = $"{hub.MetaBase(context)}/{context.Request.RouteValues["version"]}/{number.Account}/message_templates?"
                    + (same.Length > 0 ? same + "&" : "") + "after=" + Cursor(page[^1]);
            }

            answer["paging"] = paging;
        }

        await Answer(context, answer);
    }

    public async Task Create(HttpContext context)
    {
        if (await door.Account(context) is not { } number || await GraphDoor.Body(context) is not { } body)
        {
            return;
        }

        var name = MetaTemplate.Said(body, "name");
        var language = MetaTemplate.Said(body, "language");
        var category = MetaTemplate.Said(body, "category").ToUpperInvariant();
        if (!TemplateRules.IsName(name))
        {
            await GraphDoor.Refuse(context, 100, "Param name must have 1 to 512 lower-case letters, digits and underscores.");
            return;
        }

        if (language.Length is < 2 or > 15 || language.Contains('-', StringComparison.Ordinal) || !Categories.Contains(category))
        {
            await GraphDoor.Refuse(context, 100, Categories.Contains(category)
                ? "Param language must be one of Meta's codes, such as fr or en_US."
                : "Param category must be one of {AUTHENTICATION, MARKETING, UTILITY}.");
            return;
        }

        var template = new MetaTemplate(ProviderIds.Digits(), number.Account, name, language)
        {
            Category = category, IsNamed = MetaTemplate.Said(body, "parameter_format").Equals("named", StringComparison.OrdinalIgnoreCase),
            Components = Capitals(body["components"] as JsonArray),
        };
        var problem = TemplateRules.Check(template.Components, category, template.IsNamed)
            ?? (hub.Templates.Find(number.Account, name, language) is not null
                ? new TemplateProblem(AlreadyThere, $"There is already {language} content for this template. You can create a new template and try again.")
            : hub.Templates.IsBlocked(number.Account, name, hub.Now)
                ? new TemplateProblem(NameBlocked, "New content can't be added while the existing content is being deleted. Try again in 4 weeks.")
            : null);
        if (problem is not null)
        {
            await Refuse(context, problem);
            return;
        }

        hub.Templates.Put(template);
        hub.Reviewers.Begin(number, template);
        await Answer(context, new JsonObject { ["id"] = template.Id, ["status"] = template.Status, ["category"] = template.Category });
    }

    /// <summary>POST /{template_id}: replaces all components; the template is reviewed again.</summary>
    public async Task Edit(HttpContext context, SimulatedNumber number, MetaTemplate template)
    {
        if (await GraphDoor.Body(context) is not { } body)
        {
            return;
        }

        var components = Capitals(body["components"] as JsonArray);
        if (template.Status is not ("APPROVED" or "REJECTED" or "PAUSED"))
        {
            await GraphDoor.Refuse(context, 100, "Only approved, rejected and paused templates can be edited.");
        }
        else if (TemplateRules.Check(components, template.Category, template.IsNamed) is { } problem)
        {
            await Refuse(context, problem);
        }
        else
        {
            (template.Components, template.Status, template.Reason) = (components, "PENDING", null);
            hub.Reviewers.Begin(number, template);
            await Answer(context, new JsonObject { ["success"] = true });
        }
    }

    /// <summary>By name all languages go; by hsm_id and name the one.</summary>
    public async Task Delete(HttpContext context)
    {
        if (await door.Account(context) is not { } number)
        {
            return;
        }

        var query = context.Request.Query;
        var (name, id) = (query["name"].ToString(), query["hsm_id"].ToString());
        if (name.Length == 0)
        {
            await GraphDoor.Refuse(context, 100, "The parameter name is required.");
            return;
        }

        if (hub.Templates.Remove(number.Account, t => t.Name == name && (id.Length == 0 || t.Id == id), hub.Now) == 0)
        {
            await Refuse(context, new TemplateProblem(2593002, "Message template \"" + name + "\" does not exist."));
            return;
        }

        hub.Feed.Changed();
        await Answer(context, new JsonObject { ["success"] = true });
    }

    public Task Describe(HttpContext context, MetaTemplate template) =>
        Answer(context, Shown(template, context.Request.Query["fields"].ToString()));

    private static JsonObject Shown(MetaTemplate template, string fields)
    {
        var wanted = fields.Length == 0
            ? ["name", "parameter_format", "components", "language", "status", "category"]
            : fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shown = new JsonObject();
        foreach (var field in wanted)
        {
            JsonNode? value = field switch
            {
                "name" => template.Name,
                "language" => template.Language,
                "status" => template.Status,
                "category" => template.Category,
                "components" => template.Components.DeepClone(),
                "parameter_format" => template.IsNamed ? "NAMED" : "POSITIONAL",
                "quality_score" => new JsonObject { ["score"] = template.Quality },
                "rejected_reason" => template.Reason ?? "NONE",
                _ => null,
            };
            if (value is not null)
            {
                shown[field] = value;
            }
        }

        shown["id"] = template.Id;
        return shown;
    }

    // Requests may write body, BODY or Body; Meta answers in capitals.
    private static JsonArray Capitals(JsonArray? components)
    {
        var copy = (JsonArray)(components ?? []).DeepClone();
        foreach (var component in copy.OfType<JsonObject>())
        {
            foreach (var key in (string[])["type", "format"])
            {
                if (MetaTemplate.Said(component, key) is { Length: > 0 } text)
                {
                    component[key] = text.ToUpperInvariant();
                }
            }

            foreach (var button in (component["buttons"] as JsonArray ?? []).OfType<JsonObject>())
            {
                button["type"] = MetaTemplate.Said(button, "type").ToUpperInvariant();
            }
        }

        return copy;
    }

    private static string Cursor(MetaTemplate template) =>
        Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(template.Id)).TrimEnd('=');

    private static Task Refuse(HttpContext context, TemplateProblem problem) => FaultAnswer.Json(context, 400, ProviderJson.Bytes(new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = "Invalid parameter",
            ["type"] = "OAuthException",
            ["code"] = 100,
            ["error_subcode"] = problem.Subcode,
            ["is_transient"] = false,
            ["error_user_title"] = "The template can't be saved",
            ["error_user_msg"] = problem.Sentence,
            ["fbtrace_id"] = ProviderIds.Trace(),
        },
    }));

    private static Task Answer(HttpContext context, JsonObject answer) => FaultAnswer.Json(context, 200, ProviderJson.Bytes(answer));
}
