// Writes Client.g.cs from docs/api/openapi.json: a record for each schema, a method for each operation. A check of the document, not a product:
// what it cannot say in C# becomes a JsonElement.
import { readFileSync, writeFileSync } from 'node:fs'

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const pascal = (name) => name.replace(/[^A-Za-z0-9]+/g, '_').split('_').filter(Boolean).map((part) => part[0].toUpperCase() + part.slice(1)).join('').replace(/^(\d)/, '_$1')
const typesOf = (schema) => [schema.type].flat().filter(Boolean)

function typeOf(schema) {
  if (!schema) return 'JsonElement?'
  if (schema.$ref) return schema.$ref.startsWith('#/components/schemas/') ? pascal(schema.$ref.split('/').pop()) : 'JsonElement'
  const choices = (schema.oneOf ?? schema.anyOf)?.filter((one) => !typesOf(one).every((type) => type === 'null') || one.$ref)
  if (choices?.length === 1) return `${typeOf(choices[0])}?`
  const types = typesOf(schema).filter((type) => type !== 'null')
  const nullable = typesOf(schema).includes('null') ? '?' : ''
  if (types.length !== 1) return 'JsonElement?'
  switch (types[0]) {
    case 'integer': return `long${nullable}`
    case 'number': return `double${nullable}`
    case 'boolean': return `bool${nullable}`
    case 'string': return (schema.format === 'date-time' ? 'DateTimeOffset' : 'string') + nullable
    case 'array': return `IReadOnlyList<${typeOf(schema.items)}>${nullable}`
    default: return schema.additionalProperties && typeof schema.additionalProperties === 'object'
      ? `IReadOnlyDictionary<string, ${typeOf(schema.additionalProperties)}>${nullable}` : `JsonElement${nullable}`
  }
}

const optional = (type) => (type.endsWith('?') ? type : `${type}?`)
const out = ['#nullable enable', 'using System.Net.Http.Json;', 'using System.Text.Json;', 'using System.Text.Json.Serialization;', '', 'namespace Relais.Client;', '']
for (const [name, schema] of Object.entries(document.components.schemas)) {
  out.push(`public sealed record ${pascal(name)}`, '{')
  for (const [property, inner] of Object.entries(schema.properties ?? {})) {
    const own = pascal(property) === pascal(name) ? `${pascal(property)}_` : pascal(property)
    const required = (schema.required ?? []).includes(property)
    out.push(`    [JsonPropertyName("${property}")]`, `    public ${required ? 'required ' : ''}${required ? typeOf(inner) : optional(typeOf(inner))} ${own} { get; init; }`)
  }
  out.push('}', '')
}

out.push('public sealed class RelaisClient(HttpClient http)', '{',
  '    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };', '')
const used = new Set()
for (const [path, operations] of Object.entries(document.paths)) {
  for (const [verb, operation] of Object.entries(operations)) {
    if (!operation.responses) continue
    let name = pascal(operation.operationId ?? `${verb} ${path}`)
    while (used.has(name)) name += '_'
    used.add(name)
    const own = (parameter) => `@${pascal(parameter.name)[0].toLowerCase()}${pascal(parameter.name).slice(1)}`
    const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path' || parameter.in === 'query')
    const body = operation.requestBody?.content?.['application/json']?.schema
    const taken = [
      ...parameters.filter((one) => one.in === 'path').map((one) => `${typeOf(one.schema)} ${own(one)}`),
      ...(body ? [`${typeOf(body).replace(/\?$/, '')} body`] : []),
      ...parameters.filter((one) => one.in === 'query').map((one) => `${optional(typeOf(one.schema))} ${own(one)} = null`),
    ]
    const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1]?.content?.['application/json']?.schema
    const result = success ? typeOf(success).replace(/\?$/, '') : null
    const query = parameters.filter((one) => one.in === 'query').map((one) => `("${one.name}", ${own(one)})`)
    const url = path.replace(/\{(\w+)(:\w+)?\}/g, (_, inside) => `{Uri.EscapeDataString(Text(${own(parameters.find((one) => one.in === 'path' && one.name === inside) ?? { name: inside })}))}`)
    out.push(`    public ${result ? `async Task<${result}>` : 'Task'} ${name}(${taken.join(', ')}) =>`,
      `        ${result ? 'await ' : ''}${result ? `Read<${result}>` : 'Send'}(HttpMethod.${verb[0].toUpperCase()}${verb.slice(1)}, $"${url}"${query.length ? ` + Query(${query.join(', ')})` : ''}, ${body ? 'body' : 'null'});`, '')
  }
}

out.push(`    private static string Text(object value) => value switch
    {
        DateTimeOffset at => at.ToString("O"),
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Query(params (string Name, object? Value)[] values)
    {
        var all = values.SelectMany(v => v.Value is System.Collections.IEnumerable list and not string
            ? list.Cast<object>().Select(one => (v.Name, One: one)) : v.Value is null ? [] : [(v.Name, One: v.Value)])
            .Select(v => $"{v.Name}={Uri.EscapeDataString(Text(v.One))}").ToList();
        return all.Count == 0 ? "" : "?" + string.Join('&', all);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json) };
        var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode ? response
            : throw new HttpRequestException(await response.Content.ReadAsStringAsync(), null, response.StatusCode);
    }

    private async Task<T> Read<T>(HttpMethod method, string path, object? body) =>
        (await (await Send(method, path, body)).Content.ReadFromJsonAsync<T>(Json))!;
}`)
writeFileSync(process.argv[3], out.join('\n') + '\n')
