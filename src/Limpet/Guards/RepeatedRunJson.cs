using System.Text.Json.Serialization;

namespace Limpet.Guards;

/// <summary>A reading of a repeated run as a line of JSON, without reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, long>))]
internal sealed partial class RepeatedRunJson : JsonSerializerContext;
