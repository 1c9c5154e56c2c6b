using Limpet.Results;

namespace Limpet.Capture.Dumps;

/// <summary>No dump of a process is to be had, or none that can be read.</summary>
internal sealed class DumpRefusedException(LimpetException reason) : Exception(reason.Message, reason);
