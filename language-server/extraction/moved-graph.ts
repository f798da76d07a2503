import type { LayerGraph, Location } from '../../graph/graph.ts';
import type { Place } from '../python/interpreter-api.ts';
import { locationOf } from '../tracing/place.ts';

/** A graph whose locations are where their places have moved to; `moved` takes the new locations with their places. */
export function movedGraph(graph: LayerGraph, places: ReadonlyMap<Location, Place>, moved: Map<Location, Place>): LayerGraph {
  const locations = new Map<Location, Location>();
  const at = <T extends { readonly location?: Location }>(part: T): T => {
    if (!part.location) return part;
    let location = locations.get(part.location);
    if (!location) {
      const place = places.get(part.location);
      location = place ? locationOf(place) : part.location;
      locations.set(part.location, location);
      if (place) moved.set(location, place);
    }
    return { ...part, location };
  };
  return at({ ...graph, values: graph.values.map(at), operators: graph.operators.map(at), layers: graph.layers.map(at), scopes: graph.scopes.map(at), gaps: graph.gaps.map(at) });
}
