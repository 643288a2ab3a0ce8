using System.Globalization;
using System.Text.Json;
using Relais.Simulator.Templates;

namespace Relais.Simulator.Sends;

/// <summary>A template that is sent: it must exist, be approved, and get the parameters it has (errors 132000 to 132016).</summary>
internal static class TemplateContent
{
    private const int WrongCount = 132000;
    private const int Unknown = 132001;
    private const int TooLong = 132005;
    private const int WrongFormat = 132012;
    private const int Paused = 132015;
    private const int Disabled = 132016;
    private const int MissingParameter = 131008;

    public static SendReading Read(
        SimulatorHub hub, SimulatedNumber number, JsonElement content, Func<JsonElement, (ShownFile? File, SendProblem? Problem)> fileOf)
    {
        var (name, language) = (content.Str("name"), content.Str("language", "code"));
        if (name.Length == 0 || language.Length == 0)
        {
            return SendReading.Refused(100, $"The parameter template['{(name.Length == 0 ? "name" : "language")}'] is required.");
        }

        if (hub.Templates.Find(number.Account, name, language) is not { Status: not ("PENDING" or "REJECTED") } template)
        {
            return SendReading.Refused(Unknown, $"template name ({name}) does not exist in {language}");
        }

        if (template.Status is "PAUSED" or "DISABLED")
        {
            return SendReading.Refused(template.Status == "PAUSED" ? Paused : Disabled, $"template {name} is {template.Status.ToLowerInvariant()}.");
        }

        var extra = new Shown { Template = name, Charge = template.Category.ToLowerInvariant(), Footer = template.Component("FOOTER") is { } footer ? MetaTemplate.Said(footer, "text") : null };
        var components = content.List("components");
        var (body, problem) = Filled(template, "BODY", Parameters(components, "body"));
        problem ??= Header(template, components, fileOf, ref extra);
        problem ??= body.Length > 1024 ? new SendProblem(TooLong, "Translated text too long: the body has more than 1024 characters.") : null;
        var (choices, links, wrong) = Buttons(template, components);
        problem ??= wrong;
        return problem is null
            ? new SendReading("template", body) { Extra = extra with { Links = links }, Choices = choices }
            : new SendReading("template", "") { Problem = problem };
    }

    private static (string Text, SendProblem? Problem) Filled(MetaTemplate template, string type, IReadOnlyList<JsonElement> parameters)
    {
        var text = MetaTemplate.Said(template.Component(type), "text");
        var names = Placeholders.In(text);
        if (names.Count != parameters.Count)
        {
            return ("", new SendProblem(WrongCount,
                $"{type.ToLowerInvariant()}: number of localizable_params ({parameters.Count}) does not match the expected number of params ({names.Count})"));
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            var key = template.IsNamed ? parameter.Str("parameter_name") : (i + 1).ToString(CultureInfo.InvariantCulture);
            if (template.IsNamed != parameter.Has("parameter_name") || !names.Contains(key))
            {
                return ("", new SendProblem(WrongFormat, $"{type.ToLowerInvariant()}: Parameter name is missing or empty, or not of this template."));
            }

            var value = parameter.Str("type") switch
            {
                "text" => parameter.Str("text"),
                "currency" => parameter.Str("currency", "fallback_value"),
                "date_time" => parameter.Str("date_time", "fallback_value"),
                _ => "",
            };
            if (value.Length == 0)
            {
                return ("", new SendProblem(MissingParameter, $"{type.ToLowerInvariant()}: parameter {i} needs a text."));
            }

            if (value.AsSpan().IndexOfAny('\n', '\t') >= 0 || value.Contains("     ", StringComparison.Ordinal))
            {
                return ("", new SendProblem(100, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"));
            }

            values[key] = value;
        }

        return (Placeholders.Fill(text, values), null);
    }

    private static SendProblem? Header(
        MetaTemplate template, IReadOnlyList<JsonElement> components, Func<JsonElement, (ShownFile? File, SendProblem? Problem)> fileOf, ref Shown extra)
    {
        var parameters = Parameters(components, "header");
        if (template.Component("HEADER") is not { } header)
        {
            return parameters.Count > 0 ? new SendProblem(WrongCount, "header: the template has no header.") : null;
        }

        var format = MetaTemplate.Said(header, "format");
        if (format == "TEXT")
        {
            var (text, problem) = Filled(template, "HEADER", parameters);
            extra = extra with { Header = text };
            return problem;
        }

        var got = parameters.Count == 1 ? parameters[0].Str("type").ToUpperInvariant() : "UNKNOWN";
        if (got != format && !(format == "GIF" && got == "VIDEO"))
        {
            return new SendProblem(WrongFormat, $"header: Format mismatch, expected {format}, received {got}");
        }

        var content = parameters[0].Node(got.ToLowerInvariant()) ?? default;
        if (format == "LOCATION")
        {
            extra = extra with { Place = new ShownPlace(content.Num("latitude") ?? 0, content.Num("longitude") ?? 0, content.Str("name"), content.Str("address")) };
            return content.Num("latitude") is null ? new SendProblem(MissingParameter, "header: latitude is required.") : null;
        }

        var (file, wrong) = fileOf(content);
        extra = extra with { File = file is null ? null : file with { Kind = got.ToLowerInvariant() } };
        return wrong;
    }

    private static (IReadOnlyList<Choice> Choices, IReadOnlyList<ShownLink> Links, SendProblem? Problem) Buttons(
        MetaTemplate template, IReadOnlyList<JsonElement> components)
    {
        List<Choice> choices = [];
        List<ShownLink> links = [];
        var sent = components.Where(c => c.Str("type").Equals("button", StringComparison.OrdinalIgnoreCase)).ToList();
        var buttons = template.Buttons.ToList();
        if (sent.Exists(c => c.Num("index") is not { } at || at < 0 || at >= buttons.Count))
        {
            return ([], [], new SendProblem(WrongFormat, "buttons: the template has no button at that index."));
        }

        for (var i = 0; i < buttons.Count; i++)
        {
            var (label, type) = (MetaTemplate.Said(buttons[i], "text"), MetaTemplate.Said(buttons[i], "type"));
            var values = sent.Where(c => (int)c.Num("index")! == i).Select(c => (JsonElement?)c).FirstOrDefault();
            if (values is { } given && (type is "URL" or "QUICK_REPLY" or "COPY_CODE") && !Same(given.Str("sub_type"), type))
            {
                return ([], [], new SendProblem(WrongFormat, $"buttons: Button at index {i} is of type {type}."));
            }

            var parameter = values?.List("parameters").Select(p => (JsonElement?)p).FirstOrDefault();
            switch (type)
            {
                case "QUICK_REPLY":
                    choices.Add(new Choice(parameter?.Str("payload") is { Length: > 0 } payload ? payload : label, label, Kind: "template"));
                    break;
                case "URL":
                    var url = MetaTemplate.Said(buttons[i], "url");
                    if (Placeholders.In(url).Count > 0 && parameter?.Str("text") is not { Length: > 0 })
                    {
                        return ([], [], new SendProblem(MissingParameter, $"buttons: Button at index {i} of type Url requires a parameter"));
                    }

                    links.Add(new ShownLink("url", label, Placeholders.Fill(url, new Dictionary<string, string> { ["1"] = parameter?.Str("text") ?? "" })));
                    break;
                case "PHONE_NUMBER":
                    links.Add(new ShownLink("phone", label, MetaTemplate.Said(buttons[i], "phone_number")));
                    break;
                case "COPY_CODE":
                    if (parameter?.Str("coupon_code") is not { Length: > 0 } code)
                    {
                        return ([], [], new SendProblem(MissingParameter, $"buttons: Button at index {i} of type CopyCode requires a parameter"));
                    }

                    links.Add(new ShownLink("code", label, code));
                    break;
                case "FLOW":
                    links.Add(new ShownLink("flow", label, ""));
                    break;
                default:
                    links.Add(new ShownLink("catalog", label, ""));
                    break;
            }
        }

        return (choices, links, null);
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<JsonElement> Parameters(IReadOnlyList<JsonElement> components, string type) =>
        components.Where(c => c.Str("type").Equals(type, StringComparison.OrdinalIgnoreCase)).Select(c => c.List("parameters")).FirstOrDefault() ?? [];
}
