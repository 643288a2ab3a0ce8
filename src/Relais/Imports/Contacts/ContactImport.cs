using System.Text.Json;
using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Labels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports.Contacts;

/// <summary>
/// Customers from a file, found by their number. An empty cell says nothing; labels are added and never taken off; a file grants a consent
/// only where the customer said nothing yet, and takes no withdrawal back.
/// </summary>
internal sealed class ContactImport : IImportKind
{
    private const string Grey = "#868e96";

    public string Name => "contacts";

    public async Task<IReadOnlyList<ImportTarget>> Targets(Tx tx, long tenantId) =>
    [
        new(ContactLines.Phone, ["téléphone", "tel", "numéro", "numéro de téléphone", "portable", "mobile", "gsm", "whatsapp", "phone number", "phone", "الهاتف", "رقم الهاتف", "الجوال", "رقم", "واتساب"], true),
        new(ContactLines.Name, ["nom", "nom complet", "prénom", "client", "contact", "full name", "customer", "الاسم", "الاسم الكامل", "اسم العميل"]),
        new(ContactLines.Language, ["langue", "lang", "اللغة"]),
        new(ContactLines.Labels, ["étiquettes", "étiquette", "tags", "tag", "label", "groupe", "الوسوم", "وسوم"]),
        new(ContactLines.Marketing, ["marketing", "consentement", "consent", "opt in", "accepte promotions", "promotions", "الموافقة", "موافقة"]),
        new(ContactLines.Proof, ["preuve", "preuve du consentement", "source du consentement", "proof", "إثبات"]),
        new(ContactLines.OptedOut, ["désabonné", "désinscrit", "stop", "unsubscribed", "opt out", "إلغاء الاشتراك"]),
        new(ContactLines.Client, ["déjà client", "is client", "عميل"]),
        new(ContactLines.ContactId, ["id relais", "contact id"]),
        .. (await ContactFieldStore.Fields(tx, tenantId)).Select(f => new ImportTarget(ContactLines.Field + f.Name, Words(f.Name))),
    ];

    public async Task<(string Field, string Sentence)?> Wrong(Tx tx, long tenantId, ImportMapping mapping)
    {
        if (mapping.PlaceOf(ContactLines.Phone) < 0 && mapping.PlaceOf(ContactLines.ContactId) < 0)
        {
            return ("columns", "Say which column holds the phone number.");
        }

        var known = (await LabelStore.All(tx, tenantId)).Select(l => l.Id).ToHashSet();
        return mapping.Labels is { } labels && !labels.All(known.Contains) ? ("labels", "labels are ids of labels (GET /api/labels).") : null;
    }

    /// <summary>A contact, two consents and a label a row.</summary>
    public int IdsNeeded(int rows) => (4 * rows) + LabelStore.Most;

    public async Task<BatchOutcome> Carry(Tx tx, ImportBatch batch, IdRange ids)
    {
        var outcome = new BatchOutcome();
        var labels = (await LabelStore.All(tx, batch.TenantId)).DistinctBy(l => l.Folded).ToDictionary(l => l.Folded, l => l.Id, StringComparer.Ordinal);
        var reading = new ContactLines(batch.Mapping, await ContactFieldStore.Fields(tx, batch.TenantId));
        var known = labels.Keys.ToHashSet(StringComparer.Ordinal);
        var lines = batch.Rows.Select(row => reading.Read(row, known, outcome.Problems)).OfType<ContactLine>().ToList();
        outcome.Failed = batch.Rows.Count - lines.Count;

        var (contacts, fresh) = await Find(tx, batch, lines, ids);
        var states = await ContactImportStore.States(tx, batch.TenantId, contacts.Values.ToHashSet());
        var first = states.ToDictionary(s => s.Key, s => s.Value.State);
        var now = new Dictionary<long, ContactSnapshot>(first);
        var consents = new List<ConsentChange>();
        foreach (var line in lines)
        {
            if (Target(contacts, line) is not { } id || (!batch.IsDry && !now.ContainsKey(id)))
            {
                outcome.Problems.Add(new RowProblem(line.Row, batch.Mapping.PlaceOf(ContactLines.ContactId), ImportTexts.NotKnown, line.ContactId?.ToString()));
                outcome.Failed++;
                continue;
            }

            var isNew = fresh.Remove(id) && (batch.IsDry || states[id].CreatedAt == batch.Now);
            var was = now.GetValueOrDefault(id) ?? new ContactSnapshot();
            if (!isNew && batch.Mapping.Existing == "skip")
            {
                outcome.Unchanged++;
                continue;
            }

            var wanted = await LabelIds(tx, batch, line, labels, ids, outcome);
            var became = was.After(line, wanted, batch.Import.AgentId);
            now[id] = became;
            if (line.Marketing == true && was.Marketing == "withdrawn")
            {
                outcome.Problems.Add(new RowProblem(line.Row, batch.Mapping.PlaceOf(ContactLines.Marketing), ImportTexts.WithdrawnStays, null, IsWarning: true));
            }

            consents.AddRange(Said(batch, line, id, was, became));
            Count(outcome, line, id, isNew, was, became);
        }

        if (!batch.IsDry)
        {
            await ContactImportStore.Write(tx, batch.TenantId, [.. now.Where(n => !n.Value.IsSame(first[n.Key]) || states[n.Key].CreatedAt == batch.Now)
                .Select(n => (n.Key, first[n.Key], n.Value))], batch.Now);
            await ConsentStore.Record(tx, consents, ids);
        }

        return outcome;
    }

    public async Task<HashSet<long>> Undo(Tx tx, Import import, IReadOnlyList<StoredEffect> effects, long now, IdRange ids)
    {
        var states = (await ContactImportStore.States(tx, import.TenantId, effects.Select(e => e.TargetId).ToHashSet())).ToDictionary(s => s.Key, s => s.Value.State);
        var first = new Dictionary<long, ContactSnapshot>(states);
        var made = effects.Where(e => e.IsNew == 1 && states.ContainsKey(e.TargetId)).Select(e => e.TargetId).ToHashSet();
        var tied = made.Count == 0 ? [] : await ContactImportStore.Tied(tx, import.TenantId, made);
        var (kept, gone) = (new HashSet<long>(), new HashSet<long>());
        foreach (var effect in effects.Where(e => states.ContainsKey(e.TargetId)))
        {
            var became = Stored(effect.Became);
            if (effect.IsNew == 0)
            {
                states[effect.TargetId] = states[effect.TargetId].Before(Stored(effect.Was!), became, out var isWhole);
                if (!isWhole)
                {
                    kept.Add(effect.RowNumber);
                }
            }
            else if (tied.Contains(effect.TargetId) || !states[effect.TargetId].IsSame(became))
            {
                kept.Add(effect.RowNumber);
            }
            else
            {
                gone.Add(effect.TargetId);
            }
        }

        var changed = states.Where(s => !gone.Contains(s.Key) && !s.Value.IsSame(first[s.Key])).ToList();
        await ContactImportStore.Write(tx, import.TenantId, changed.ConvertAll(s => (s.Key, first[s.Key], s.Value)), now);
        var ungranted = changed.Where(s => first[s.Key].Marketing == "granted" && s.Value.Marketing == "unknown").Select(s => s.Key).ToList();
        await ConsentStore.Record(tx, ungranted.ConvertAll(id => new ConsentChange(import.TenantId, id, ConsentPurpose.Marketing, false, ConsentSource.Import, now)
        {
            Proof = $"{import.FileName}: import undone", AgentId = import.AgentId,
        }), ids);
        await ContactImportStore.Forget(tx, import.TenantId, ungranted);
        if (gone.Count > 0)
        {
            await ContactImportStore.Delete(tx, import.TenantId, gone);
        }

        return kept;
    }

    /// <summary>Whose each row is, by number or id; in earnest those that are nobody's are made. Who is new is told apart.</summary>
    private static async Task<(Dictionary<string, long> Contacts, HashSet<long> Fresh)> Find(Tx tx, ImportBatch batch, List<ContactLine> lines, IdRange ids)
    {
        var numbers = lines.Where(l => l.Phone is not null).Select(l => PhoneNumbers.Canonical(l.Phone!)).ToHashSet(StringComparer.Ordinal);
        var contacts = await ContactImportStore.ByPhone(tx, batch.TenantId, numbers);
        var unknown = lines.Where(l => l.Phone is not null && !contacts.ContainsKey(PhoneNumbers.Canonical(l.Phone))).DistinctBy(l => PhoneNumbers.Canonical(l.Phone!))
            .Select(l => new SeenContact(batch.TenantId, null, l.Phone, null, null)).ToList();
        if (batch.IsDry)
        {
            unknown.ForEach(seen => seen.ContactId = ids.Next());
        }
        else if (unknown.Count > 0)
        {
            await ContactStore.Resolve(tx, unknown, ids, batch.Now);
        }

        foreach (var seen in unknown)
        {
            contacts[PhoneNumbers.Canonical(seen.Phone!)] = seen.ContactId;
        }

        var asked = lines.Where(l => l.ContactId is not null).Select(l => l.ContactId!.Value).ToHashSet();
        foreach (var id in (await ContactImportStore.States(tx, batch.TenantId, asked)).Keys)
        {
            contacts[$"#{id}"] = id;
        }

        return (contacts, unknown.Select(s => s.ContactId).ToHashSet());
    }

    private static long? Target(Dictionary<string, long> contacts, ContactLine line) =>
        contacts.TryGetValue(line.Phone is { } phone ? PhoneNumbers.Canonical(phone) : $"#{line.ContactId}", out var id) ? id : null;

    private static void Count(BatchOutcome outcome, ContactLine line, long id, bool isNew, ContactSnapshot was, ContactSnapshot became)
    {
        var isSame = !isNew && was.IsSame(became);
        outcome.Created += isNew ? 1 : 0;
        outcome.Unchanged += isSame ? 1 : 0;
        outcome.Changed += isNew || isSame ? 0 : 1;
        if (!isSame)
        {
            outcome.Effects.Add(new RowEffect(line.Row, id, isNew, isNew ? null : Text(was), Text(became)));
        }
    }

    /// <summary>Labels of the row and of the whole file; those nobody has yet are made, as long as there may be more.</summary>
    private static async Task<List<long>> LabelIds(Tx tx, ImportBatch batch, ContactLine line, Dictionary<string, long> known, IdRange ids, BatchOutcome outcome)
    {
        var wanted = (batch.Mapping.Labels ?? []).ToList();
        foreach (var name in line.Labels)
        {
            var folded = TextFolding.FoldWords(name);
            if (!known.TryGetValue(folded, out var id))
            {
                if (known.Count >= LabelStore.Most)
                {
                    outcome.Problems.Add(new RowProblem(line.Row, batch.Mapping.PlaceOf(ContactLines.Labels), ImportTexts.TooManyLabels, name, IsWarning: true));
                    continue;
                }

                id = ids.Next();
                known[folded] = id;
                if (!batch.IsDry)
                {
                    await LabelStore.Put(tx, new Label { TenantId = batch.TenantId, Id = id, Name = name, Folded = folded, Color = Grey, CreatedAt = batch.Now });
                }
            }

            wanted.Add(id);
        }

        return wanted;
    }

    private static IEnumerable<ConsentChange> Said(ImportBatch batch, ContactLine line, long contact, ContactSnapshot was, ContactSnapshot became)
    {
        var proof = line.Proof ?? batch.Mapping.Proof ?? $"{batch.Import.FileName}, {line.Row}";
        ConsentChange Change(ConsentPurpose purpose, bool isGranted) => new(batch.TenantId, contact, purpose, isGranted, ConsentSource.Import, batch.Now)
        {
            Proof = proof, AgentId = batch.Import.AgentId,
        };
        if (became.OptedOut && !was.OptedOut)
        {
            yield return Change(ConsentPurpose.All, false);
        }
        else if (became.Marketing != was.Marketing)
        {
            yield return Change(ConsentPurpose.Marketing, became.Marketing == "granted");
        }
    }

    private static string Text(ContactSnapshot snapshot) => JsonSerializer.Serialize(snapshot, ApiJson.Options);

    private static ContactSnapshot Stored(string json) => JsonSerializer.Deserialize<ContactSnapshot>(json, ApiJson.Options)!;

    private static string[] Words(string field) => field switch
    {
        "email" => ["e-mail", "mail", "courriel", "adresse e mail", "البريد", "البريد الإلكتروني"],
        "city" => ["ville", "المدينة"],
        "address" => ["adresse", "العنوان"],
        "name" => ["name field", "nom enregistré"],
        _ => [field.Replace('_', ' ')],
    };
}
