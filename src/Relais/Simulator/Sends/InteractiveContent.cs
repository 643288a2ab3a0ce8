using System.Text.Json;

namespace Relais.Simulator.Sends;

/// <summary>Interactive messages: buttons, lists, links, places, products, flows. Limits of the Cloud API reference.</summary>
internal static class InteractiveContent
{
    private const int Missing = 131008;
    private const int Invalid = 131009;

    public static SendReading Read(
        JsonElement content, Func<JsonElement, (ShownFile? File, SendProblem? Problem)> fileOf, Func<string, string, bool> holds)
    {
        var type = content.Str("type");
        var body = content.Str("body", "text");
        var extra = new Shown { Footer = Maybe(content.Str("footer", "text")) };
        IReadOnlyList<Choice> choices = [];
        var problem = Frame(type, content) ?? Header(type, content, fileOf, ref extra) ?? Action(type, content, ref extra, out choices)
            ?? Held(extra, holds);
        if (problem is not null)
        {
            return new SendReading("interactive", body) { Problem = problem };
        }

        return new SendReading("interactive", body) { Extra = extra, Choices = choices };
    }

    private static SendProblem? Held(Shown extra, Func<string, string, bool> holds) =>
        extra is { CatalogId: { } catalog, Products: { Count: > 0 } products } && !products.All(p => holds(catalog, p.Id))
            ? new SendProblem(Invalid, "Products not found in FB Catalog.") : null;

    private static SendProblem? Frame(string type, JsonElement content)
    {
        var body = content.Str("body", "text");
        var longest = type == "list" ? 4096 : 1024;
        return type is not ("button" or "list" or "cta_url" or "location_request_message" or "product" or "product_list" or "catalog_message" or "flow" or "carousel")
                ? new SendProblem(Invalid, $"interactive['type'] \"{type}\" is not valid.")
            : body.Length == 0 && type != "product" ? new SendProblem(Missing, "The parameter interactive['body'] is required.")
            : body.Length > longest ? new SendProblem(Invalid, $"Body text length invalid. Min length: 1, Max length: {longest} (interactive['body']['text']).")
            : content.Str("footer", "text").Length > 60 ? new SendProblem(Invalid, "Footer text length invalid. Max length: 60 (interactive['footer']['text']).")
            : !content.Has("action") ? new SendProblem(Missing, "The parameter interactive['action'] is required.")
            : null;
    }

    private static SendProblem? Header(
        string type, JsonElement content, Func<JsonElement, (ShownFile? File, SendProblem? Problem)> fileOf, ref Shown extra)
    {
        if (content.Node("header") is not { } header)
        {
            return type == "product_list" ? new SendProblem(Missing, "The parameter interactive['header'] is required.") : null;
        }

        var kind = header.Str("type");
        if (type is "product" or "location_request_message" || (kind != "text" && type is "list" or "product_list"))
        {
            return new SendProblem(Invalid, $"interactive['header'] of type \"{kind}\" is not allowed for {type}.");
        }

        if (kind == "text")
        {
            var text = header.Str("text");
            extra = extra with { Header = text };
            return text.Length is 0 or > 60 ? new SendProblem(Invalid, "Header text length invalid. Min length: 1, Max length: 60 (interactive['header']['text']).") : null;
        }

        if (kind is not ("image" or "video" or "document") || header.Node(kind) is not { } media)
        {
            return new SendProblem(Invalid, $"interactive['header']['{kind}'] is not valid.");
        }

        var (file, problem) = fileOf(media);
        extra = extra with { File = file is null ? null : file with { Kind = kind } };
        return problem;
    }

    private static SendProblem? Action(string type, JsonElement content, ref Shown extra, out IReadOnlyList<Choice> choices)
    {
        var action = content.Node("action")!.Value;
        choices = [];
        switch (type)
        {
            case "button":
                return Buttons(action, out choices);
            case "list":
                extra = extra with { ListButton = action.Str("button") };
                return Rows(action, out choices);
            case "cta_url":
                var (label, url) = (action.Str("parameters", "display_text"), action.Str("parameters", "url"));
                extra = extra with { Links = [new ShownLink("url", label, url)] };
                return Length("interactive['action']['parameters']['display_text']", label, 20)
                    ?? (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null
                        : new SendProblem(Invalid, "interactive['action']['parameters']['url'] is not a valid URL."));
            case "location_request_message":
                extra = extra with { AsksLocation = true };
                return action.Str("name") == "send_location" ? null : new SendProblem(Invalid, "interactive['action']['name'] must be \"send_location\".");
            case "catalog_message":
                extra = extra with { Links = [new ShownLink("catalog", "", action.Str("parameters", "thumbnail_product_retailer_id"))] };
                return action.Str("name") == "catalog_message" ? null : new SendProblem(Invalid, "interactive['action']['name'] must be \"catalog_message\".");
            case "product":
                extra = extra with { CatalogId = action.Str("catalog_id"), Products = [new ShownProduct(action.Str("product_retailer_id"))] };
                return Required(action, "catalog_id") ?? Required(action, "product_retailer_id");
            case "product_list":
                return Products(action, ref extra);
            case "flow":
                return Flow(action, ref extra);
            default:
                return action.List("cards").Count is >= 2 and <= 10 ? null : new SendProblem(Invalid, "interactive['action']['cards'] must have 2 to 10 entries.");
        }
    }

    private static SendProblem? Buttons(JsonElement action, out IReadOnlyList<Choice> choices)
    {
        var buttons = action.List("buttons");
        choices = [.. buttons.Select(b => new Choice(b.Str("reply", "id"), b.Str("reply", "title")))];
        if (buttons.Count is 0 or > 3)
        {
            return new SendProblem(Invalid, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3 (interactive['action']['buttons']).");
        }

        for (var i = 0; i < buttons.Count; i++)
        {
            var at = $"interactive['action']['buttons'][{i}]['reply']";
            if (buttons[i].Str("type") != "reply")
            {
                return new SendProblem(Invalid, $"interactive['action']['buttons'][{i}]['type'] must be \"reply\".");
            }

            if (Length(at + "['title']", choices[i].Title, 20) is { } title)
            {
                return title;
            }

            if (Length(at + "['id']", choices[i].Id, 256) is { } id)
            {
                return id;
            }
        }

        return Unique(choices.Select(c => c.Title), "Duplicate button title") ?? Unique(choices.Select(c => c.Id), "Duplicate button id");
    }

    private static SendProblem? Rows(JsonElement action, out IReadOnlyList<Choice> choices)
    {
        var sections = action.List("sections");
        choices = [.. sections.SelectMany(s => s.List("rows").Select(r =>
            new Choice(r.Str("id"), r.Str("title"), Maybe(r.Str("description")), Maybe(s.Str("title")), "row")))];
        if (Length("interactive['action']['button']", action.Str("button"), 20) is { } label)
        {
            return label;
        }

        if (sections.Count is 0 or > 10 || choices.Count is 0 or > 10 || sections.Any(s => s.List("rows").Count == 0))
        {
            return new SendProblem(Invalid, "Total row count exceed max allowed count: 10, in 1 to 10 sections of at least one row (interactive['action']['sections']).");
        }

        if (sections.Any(s => s.Str("title").Length > 24 || (sections.Count > 1 && s.Str("title").Length == 0)))
        {
            return new SendProblem(Invalid, "Section title length invalid. Min length: 1, Max length: 24 (interactive['action']['sections']['title']).");
        }

        foreach (var row in choices)
        {
            var problem = Length("row['title']", row.Title, 24) ?? Length("row['id']", row.Id, 200)
                ?? (row.Description is { Length: > 72 } ? new SendProblem(Invalid, "Row description is too long. Max length: 72 (row['description']).") : null);
            if (problem is not null)
            {
                return problem;
            }
        }

        return Unique(choices.Select(c => c.Id), "Duplicate row id");
    }

    private static SendProblem? Products(JsonElement action, ref Shown extra)
    {
        var sections = action.List("sections");
        List<ShownProduct> products = [.. sections.SelectMany(s => s.List("product_items").Select(p => new ShownProduct(p.Str("product_retailer_id"), s.Str("title"))))];
        extra = extra with { CatalogId = action.Str("catalog_id"), Products = products };
        return Required(action, "catalog_id")
            ?? (sections.Count is 0 or > 10 || products.Count is 0 or > 30
                ? new SendProblem(Invalid, "interactive['action']['sections'] must have 1 to 10 sections and 1 to 30 products.")
            : sections.Any(s => s.Str("title").Length is 0 or > 24) ? new SendProblem(Invalid, "Section title length invalid. Min length: 1, Max length: 24.")
            : products.Exists(p => p.Id.Length == 0) ? new SendProblem(Missing, "The parameter product_retailer_id is required.")
            : null);
    }

    private static SendProblem? Flow(JsonElement action, ref Shown extra)
    {
        var parameters = action.Node("parameters") ?? default;
        extra = extra with { Links = [new ShownLink("flow", parameters.Str("flow_cta"), parameters.Str("flow_token"))] };
        return action.Str("name") != "flow" ? new SendProblem(Invalid, "interactive['action']['name'] must be \"flow\".")
            : parameters.Str("flow_message_version") != "3" ? new SendProblem(Missing, "The parameter flow_message_version is required and must be \"3\".")
            : parameters.Has("flow_id") == parameters.Has("flow_name") ? new SendProblem(Missing, "One of flow_id and flow_name is required.")
            : Length("flow_cta", parameters.Str("flow_cta"), 30);
    }

    private static SendProblem? Length(string name, string text, int most) => text.Length is 0 || text.Length > most
        ? new SendProblem(Invalid, $"{name} length invalid. Min length: 1, Max length: {most}.") : null;

    private static SendProblem? Required(JsonElement action, string name) =>
        action.Str(name).Length == 0 ? new SendProblem(Missing, $"The parameter interactive['action']['{name}'] is required.") : null;

    private static SendProblem? Unique(IEnumerable<string> values, string sentence) =>
        values.GroupBy(v => v).Any(g => g.Count() > 1) ? new SendProblem(Invalid, sentence + ".") : null;

    private static string? Maybe(string text) => text.Length > 0 ? text : null;
}
