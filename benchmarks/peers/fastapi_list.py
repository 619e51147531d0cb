"""The stack of the system's first description: FastAPI, pydantic, a list in memory."""

from typing import Any, Dict, Optional

from fastapi import FastAPI
from pydantic import BaseModel


class Event(BaseModel):
    id: str
    topic: str
    source: Optional[str] = None
    level: Optional[str] = None
    timestamp: Optional[str] = None
    payload: Dict[str, Any]


app = FastAPI()
events = []


@app.post("/publish")
async def publish(event: Event):
    events.append(event)
    return {"accepted": 1, "offset": len(events) - 1}
