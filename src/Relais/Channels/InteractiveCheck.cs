using static Relais.Channels.OutboundContent;

namespace Relais.Channels;

/// <summary>Limits of what can be tapped: buttons, lists, links, places asked for, products.</summary>
internal static class InteractiveCheck
{
    /// <summary>Ten pages of a list: who has more to offer should let the customer search.</summary>
    private const int MostChoices = 200;

    private const int LongestChoice = 200;

    public static void Of(OutboundContent content, ContentLimits limits, ContentProblems problems)
    {
        switch (content)
        {
            case Choices choices:
                Check(choices, limits, problems);
                break;
            case Buttons buttons:
                Check(buttons, limits, problems);
                break;
            case ChoiceList list:
                Check(list, limits, problems);
                break;
            case UrlButton button:
                problems.Words("body", button.Body, limits.Body);
                problems.Line("label", button.Label, limits.ButtonTitle);
                problems.Link("url", button.Url, limits.Url);
                Around(button.Header, button.Footer, limits, problems);
                break;
            case LocationRequest request:
                problems.Words("body", request.Body, limits.Body);
                break;
            default:
                ProductsOf(content, limits, problems);
                break;
        }
    }

    private static void Check(Choices choices, ContentLimits limits, ContentProblems problems)
    {
        Around(choices.Header, choices.Footer, limits, problems);
        problems.OptionalLine("button", choices.Button, limits.ButtonTitle);
        if (choices.Page < 0)
        {
            problems.Add("page", "page is counted from 0.");
        }

        if (choices.Language is not (null or "fr" or "ar" or "en"))
        {
            problems.Add("language", "language is fr, ar or en.");
        }

        if (!problems.Count("items", choices.Items, MostChoices))
        {
            problems.Words("body", choices.Body, limits.Body);
            return;
        }

        for (var i = 0; i < choices.Items.Count; i++)
        {
            problems.Line($"items[{i}].id", choices.Items[i].Id, limits.RowId);
            problems.Line($"items[{i}].title", choices.Items[i].Title, LongestChoice);
            problems.OptionalLine($"items[{i}].description", choices.Items[i].Description, 4 * LongestChoice);
        }

        Unique(choices.Items.Select((item, i) => ($"items[{i}].id", (string?)item.Id)), problems);
        var isList = choices.Items.All(i => i.Title is not null) && ChoiceLayout.Of(choices) is ChoiceList;
        problems.Words("body", choices.Body, isList ? limits.ListBody : limits.Body);
    }

    private static void Check(Buttons buttons, ContentLimits limits, ContentProblems problems)
    {
        problems.Words("body", buttons.Body, limits.Body);
        Around(buttons.Header, buttons.Footer, limits, problems);
        if (buttons.HeaderMedia is { } media)
        {
            if (!string.IsNullOrEmpty(buttons.Header))
            {
                problems.Add("header", "A message has a line above it or a file, not both.");
            }

            if (media is Image or Video or Document)
            {
                ContentCheck.Check(media, "header_media.", limits, problems);
            }
            else
            {
                problems.Add("header_media.type", "The file above buttons is an image, a video or a document.");
            }
        }

        if (!problems.Count("items", buttons.Items, limits.Buttons))
        {
            return;
        }

        for (var i = 0; i < buttons.Items.Count; i++)
        {
            var item = buttons.Items[i];
            problems.Line($"items[{i}].id", item.Id, limits.ButtonId);
            problems.Line($"items[{i}].title", item.Title, limits.ButtonTitle);
            if (!string.IsNullOrEmpty(item.Description))
            {
                problems.Add($"items[{i}].description", "A button has no description: send a list, or choices.");
            }
        }

        Unique(buttons.Items.Select((item, i) => ($"items[{i}].id", (string?)item.Id)), problems);
        Unique(buttons.Items.Select((item, i) => ($"items[{i}].title", (string?)item.Title)), problems);
    }

    private static void Check(ChoiceList list, ContentLimits limits, ContentProblems problems)
    {
        problems.Words("body", list.Body, limits.ListBody);
        problems.Line("button", list.Button, limits.ButtonTitle);
        Around(list.Header, list.Footer, limits, problems);
        if (!problems.Count("sections", list.Sections, limits.Sections))
        {
            return;
        }

        var rows = new List<(string Field, string? Id)>();
        for (var s = 0; s < list.Sections.Count; s++)
        {
            Title(list.Sections[s].Title, s, list.Sections.Count, limits, problems);
            if (!problems.Count($"sections[{s}].rows", list.Sections[s].Rows, limits.Rows))
            {
                continue;
            }

            for (var r = 0; r < list.Sections[s].Rows.Count; r++)
            {
                var (at, row) = ($"sections[{s}].rows[{r}]", list.Sections[s].Rows[r]);
                problems.Line($"{at}.id", row.Id, limits.RowId);
                problems.Line($"{at}.title", row.Title, limits.RowTitle);
                problems.OptionalLine($"{at}.description", row.Description, limits.RowDescription);
                rows.Add(($"{at}.id", row.Id));
            }
        }

        Unique(rows, problems);
        if (rows.Count > limits.Rows && list.Sections.All(s => s.Rows.Count <= limits.Rows))
        {
            problems.Add("sections", $"The sections have {rows.Count} rows together; {limits.Rows} at most. Send choices to have them shown in pages.");
        }
    }

    private static void ProductsOf(OutboundContent content, ContentLimits limits, ContentProblems problems)
    {
        if (!limits.CarriesMetaOnly)
        {
            problems.Add("type", $"{limits.Provider} cannot show the products of a Meta catalogue: send a list or an image with its text instead.");
            return;
        }

        switch (content)
        {
            case Product product:
                problems.Line("catalog_id", product.CatalogId, 256);
                problems.Line("product_id", product.ProductId, 256);
                problems.OptionalWords("body", product.Body, limits.Body);
                problems.OptionalLine("footer", product.Footer, limits.Footer);
                Shown("shown", product.Shown is { } one ? [one] : [], problems);
                break;
            case ProductList list:
                Check(list, limits, problems);
                break;
            case Catalog catalog:
                problems.Words("body", catalog.Body, limits.Body);
                problems.OptionalLine("thumbnail_product_id", catalog.ThumbnailProductId, 256);
                problems.OptionalLine("footer", catalog.Footer, limits.Footer);
                break;
            default:
                problems.Add("type", "This kind of content cannot be sent.");
                break;
        }
    }

    private static void Check(ProductList list, ContentLimits limits, ContentProblems problems)
    {
        problems.Line("catalog_id", list.CatalogId, 256);
        problems.Line("header", list.Header, limits.Header);
        problems.Words("body", list.Body, limits.Body);
        problems.OptionalLine("footer", list.Footer, limits.Footer);
        if (list.Shown is { Count: > 0 } shown && problems.Count("shown", shown, limits.ProductsOfList))
        {
            Shown("shown", shown, problems);
        }

        if (!problems.Count("sections", list.Sections, limits.Sections))
        {
            return;
        }

        var products = 0;
        for (var s = 0; s < list.Sections.Count; s++)
        {
            var section = list.Sections[s];
            Title(section.Title, s, list.Sections.Count, limits, problems);
            if (problems.Count($"sections[{s}].product_ids", section.ProductIds, limits.ProductsOfList))
            {
                products += section.ProductIds.Count;
                for (var p = 0; p < section.ProductIds.Count; p++)
                {
                    problems.Line($"sections[{s}].product_ids[{p}]", section.ProductIds[p], 256);
                }
            }
        }

        if (products > limits.ProductsOfList)
        {
            problems.Add("sections", $"The sections have {products} products together; {limits.ProductsOfList} at most.");
        }
    }

    /// <summary>Our own words beside what the provider gets.</summary>
    private static void Shown(string at, IReadOnlyList<ShownProduct> products, ContentProblems problems)
    {
        foreach (var product in products)
        {
            problems.Line($"{at}.id", product.Id, 256);
            problems.Line($"{at}.title", product.Title, LongestChoice);
            problems.OptionalLine($"{at}.price", product.Price, LongestChoice);
        }
    }

    private static void Title(string? title, int section, int sections, ContentLimits limits, ContentProblems problems)
    {
        if (sections > 1 && string.IsNullOrWhiteSpace(title))
        {
            problems.Add($"sections[{section}].title", "Each section has a title when there is more than one.");
        }
        else
        {
            problems.OptionalLine($"sections[{section}].title", title, limits.SectionTitle);
        }
    }

    private static void Around(string? header, string? footer, ContentLimits limits, ContentProblems problems)
    {
        problems.OptionalLine("header", header, limits.Header);
        problems.OptionalLine("footer", footer, limits.Footer);
    }

    private static void Unique(IEnumerable<(string Field, string? Value)> values, ContentProblems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, value) in values)
        {
            if (!string.IsNullOrEmpty(value) && !seen.Add(value))
            {
                problems.Add(field, $"{field} is the same as an earlier one.");
            }
        }
    }
}
