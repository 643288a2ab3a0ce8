namespace Relais.Channels;

/// <summary>A template freed of the provider: what a business writes once and WhatsApp approves.</summary>
/// <param name="Name">Lower-case letters, digits and underscores.</param>
/// <param name="Language">Code with an underscore: fr, en_US.</param>
/// <param name="Category">marketing, utility or authentication.</param>
/// <param name="Parts">What it says.</param>
internal sealed record TemplateDefinition(string Name, string Language, string Category, TemplateParts Parts)
{
    /// <summary>Whether the provider may put it into another category instead of rejecting it.</summary>
    public bool AllowCategoryChange { get; init; } = true;
}

/// <summary>What a template says; its variables stand as {{1}} or {{name}}. Stored as JSON (Channels/ContentJson's manner).</summary>
/// <param name="Body">The text, 1024 characters; empty when the provider told none.</param>
internal sealed record TemplateParts(string Body)
{
    public TemplateHeader? Header { get; init; }

    /// <summary>60 characters, no variables.</summary>
    public string? Footer { get; init; }

    public IReadOnlyList<TemplateButtonPart> Buttons { get; init; } = [];

    /// <summary>A value for each variable of the body, by its name: what the reviewers at WhatsApp see.</summary>
    public IReadOnlyDictionary<string, string>? Examples { get; init; }

    /// <summary>Parts that this version cannot fill in (carousel, limited_time_offer …), by the provider's word.</summary>
    public IReadOnlyList<string>? Unsupported { get; init; }

    /// <summary>True when its variables have names, false for {{1}}, {{2}} … and for none at all.</summary>
    public bool IsNamed() => TemplateText.Variables(Body).Concat(TemplateText.Variables(Header?.Text)).Any(name => !TemplateText.IsNumber(name));
}

/// <param name="Kind">text, image, video, document or location.</param>
/// <param name="Text">Of a text header, 60 characters and one variable.</param>
/// <param name="Example">Value of that variable; for a file, Meta's handle of an uploaded sample or, on Twilio, its public https link.</param>
internal sealed record TemplateHeader(string Kind, string? Text = null, string? Example = null);

/// <param name="Kind">quick_reply, url, phone, copy_code, fixed_code (Twilio: takes no value); otp, flow, catalog … are kept as the provider says them.</param>
/// <param name="Text">Its label, 25 characters.</param>
internal sealed record TemplateButtonPart(string Kind, string Text)
{
    /// <summary>Of a url button; may end in one variable.</summary>
    public string? Url { get; init; }

    /// <summary>Of a phone button, E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Of the variable in the url (the whole address), or the code that is copied.</summary>
    public string? Example { get; init; }
}
